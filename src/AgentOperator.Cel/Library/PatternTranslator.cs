using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace AgentOperator.Cel.Library;

/// <summary>RE2's syntax to .NET's: what both have but mean differently, characters beyond the first plane, and a bound on repetition.</summary>
internal ref struct PatternTranslator(string pattern)
{
    private const int MaxRepeat = 1000;
    private const long MaxSize = 10_000;
    private const string Digits = "09";
    private const string Blanks = "\t\n\f\r\x20\x20";
    private const string Words = "09AZ__az";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static readonly FrozenDictionary<string, string> Named = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["alnum"] = "09AZaz",
        ["alpha"] = "AZaz",
        ["ascii"] = "\0\x7f",
        ["blank"] = "\t\t  ",
        ["cntrl"] = "\0\x1f\x7f\x7f",
        ["digit"] = Digits,
        ["graph"] = "!~",
        ["lower"] = "az",
        ["print"] = " ~",
        ["punct"] = "!/:@[`{~",
        ["space"] = "\t\r  ",
        ["upper"] = "AZ",
        ["word"] = Words,
        ["xdigit"] = "09AFaf",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly StringBuilder _made = new();
    private readonly Stack<(string Flags, long Size)> _groups = new();
    private string _flags = "";
    private long _size;
    private long _last;
    private int _at;

    public static string Translate(string pattern, out long size)
    {
        PatternTranslator translator = new(pattern);
        translator.Run();
        size = translator._size + translator._last;
        return translator._made.ToString();
    }

    private void Run()
    {
        while (_at < pattern.Length)
        {
            Step();
        }

        Check(_size + _last);
    }

    private void Step()
    {
        char c = pattern[_at];
        switch (c)
        {
            case '(':
                Open();
                break;
            case ')':
                _at++;
                _made.Append(c);
                Close();
                break;
            case '[':
                Atom(Class());
                break;
            case '.':
                _at++;
                Atom(CharacterClass.Any(_flags.Contains('s', StringComparison.Ordinal)));
                break;
            case '$':
                _at++;
                _made.Append(_flags.Contains('m', StringComparison.Ordinal) ? "$" : @"\z");
                break;
            case '\\':
                Escape();
                break;
            case '{' when Repeat() is { } count:
                _last = Check(_last * Math.Max(count, 1));
                break;
            case '*' or '+' or '?' or '|' or '^':
                _at++;
                _made.Append(c);
                break;
            default:
                Atom(Literal(CodePoint()));
                break;
        }
    }

    private void Atom(string text, long size = 1)
    {
        _made.Append(text);
        _size = Check(_size + _last);
        _last = size;
    }

    private void Open()
    {
        string flags = _flags;
        if (pattern.AsSpan(_at).StartsWith("(?P<", StringComparison.Ordinal) || IsNamed())
        {
            int name = pattern.IndexOf('<', _at) + 1;
            int end = pattern.IndexOf('>', name);
            if (end <= name || pattern.AsSpan(name, end - name).ContainsAnyExcept(NameCharacters))
            {
                throw new PatternSyntaxException("a group's name has letters, digits and '_' only, between '<' and '>'");
            }

            _made.Append("(?<").Append(pattern, name, end + 1 - name);
            _at = end + 1;
        }
        else if (pattern.AsSpan(_at).StartsWith("(?", StringComparison.Ordinal))
        {
            int colon = _at + 2;
            while (colon < pattern.Length && (char.IsAsciiLetter(pattern[colon]) || pattern[colon] == '-'))
            {
                colon++;
            }

            string changed = pattern[(_at + 2)..colon];
            if (colon >= pattern.Length || pattern[colon] is not (':' or ')') || changed.AsSpan().ContainsAnyExcept("ims-"))
            {
                throw new PatternSyntaxException("of groups that begin with '(?' there are (?:…), (?P<name>…) and the flags i, m and s");
            }

            _made.Append(pattern, _at, colon + 1 - _at);
            _flags = Changed(changed);
            _at = colon + 1;
            if (pattern[colon] == ')')
            {
                return;
            }
        }
        else
        {
            _at++;
            _made.Append('(');
        }

        _groups.Push((flags, Check(_size + _last)));
        _size = 0;
        _last = 0;
    }

    private readonly bool IsNamed() => pattern.AsSpan(_at).StartsWith("(?<", StringComparison.Ordinal) && _at + 3 < pattern.Length && pattern[_at + 3] is not ('=' or '!');

    private readonly string Changed(string flags)
    {
        string[] parts = flags.Split('-', 2);
        string off = parts.Length > 1 ? parts[1] : "";
        return string.Concat((_flags + parts[0]).Where(flag => !off.Contains(flag, StringComparison.Ordinal)));
    }

    private void Close()
    {
        if (!_groups.TryPop(out (string Flags, long Size) group))
        {
            throw new PatternSyntaxException("a ')' has no '('");
        }

        long inner = _size + _last;
        _flags = group.Flags;
        _size = group.Size;
        _last = Math.Max(inner, 1);
    }

    private int? Repeat()
    {
        int end = pattern.IndexOf('}', _at);
        string[] bounds = end < 0 ? [] : pattern[(_at + 1)..end].Split(',');
        if (bounds.Length is not (1 or 2) || bounds[0].Length == 0 || bounds.Any(static bound => bound.AsSpan().ContainsAnyExceptInRange('0', '9')))
        {
            return null;
        }

        int most = 0;
        foreach (string bound in bounds)
        {
            if (bound.Length > 0 && (!int.TryParse(bound, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || (most = Math.Max(most, count)) > MaxRepeat))
            {
                throw new PatternSyntaxException($"a repetition is more than {MaxRepeat}");
            }
        }

        _made.Append(pattern, _at, end + 1 - _at);
        _at = end + 1;
        return most;
    }

    private void Escape()
    {
        if (_at + 1 >= pattern.Length)
        {
            throw new PatternSyntaxException(@"'\' at the end");
        }

        char kind = pattern[_at + 1];
        if (kind is 'b' or 'B' or 'A' or 'z')
        {
            _made.Append(pattern, _at, 2);
            _at += 2;
        }
        else if (kind is 'Q')
        {
            int end = pattern.IndexOf(@"\E", _at, StringComparison.Ordinal);
            string quoted = end < 0 ? pattern[(_at + 2)..] : pattern[(_at + 2)..end];
            foreach (Rune rune in quoted.EnumerateRunes())
            {
                Atom(Literal(rune.Value));
            }

            _at = end < 0 ? pattern.Length : end + 2;
        }
        else
        {
            CharacterClass set = new();
            if (TryEscapedClass(set))
            {
                Atom(set.Write(negated: false));
            }
            else
            {
                Atom(Literal(EscapedCodePoint()));
            }
        }
    }

    private string Class()
    {
        _at++;
        bool negated = Skip('^');
        CharacterClass set = new();
        for (bool first = true; first || (_at < pattern.Length && pattern[_at] != ']'); first = false)
        {
            if (_at >= pattern.Length)
            {
                break;
            }

            if (pattern.AsSpan(_at).StartsWith("[:", StringComparison.Ordinal) && pattern.IndexOf(":]", _at, StringComparison.Ordinal) is > 0 and int end)
            {
                string name = pattern[(_at + 2)..end];
                set.Add(Named.TryGetValue(name.TrimStart('^'), out string? ranges) ? ranges : throw new PatternSyntaxException($"there is no class [:{name}:]"), name.StartsWith('^'));
                _at = end + 2;
            }
            else if (pattern[_at] != '\\' || !TryEscapedClass(set))
            {
                Range(set);
            }
        }

        return Skip(']') ? set.Write(negated) : throw new PatternSyntaxException("a class has no ']'");
    }

    private void Range(CharacterClass set)
    {
        int low = pattern[_at] == '\\' ? EscapedCodePoint() : CodePoint();
        int high = low;
        if (_at + 1 < pattern.Length && pattern[_at] == '-' && pattern[_at + 1] != ']')
        {
            _at++;
            high = pattern[_at] == '\\' ? EscapedCodePoint() : CodePoint();
        }

        set.Add(low, high >= low ? high : throw new PatternSyntaxException("a range of a class ends before it begins"));
    }

    private bool TryEscapedClass(CharacterClass set)
    {
        char kind = _at + 1 < pattern.Length ? pattern[_at + 1] : '\0';
        switch (kind)
        {
            case 'd' or 'D':
                set.Add(Digits, kind is 'D');
                break;
            case 'w' or 'W':
                set.Add(Words, kind is 'W');
                break;
            case 's' or 'S':
                set.Add(Blanks, kind is 'S');
                break;
            case 'p' or 'P':
                int end = _at + 2 < pattern.Length && pattern[_at + 2] == '{' ? pattern.IndexOf('}', _at) : _at + 2;
                if (end < 0 || end >= pattern.Length)
                {
                    throw new PatternSyntaxException(@"'\p' needs the name of a class: \p{Lu}");
                }

                set.AddNamed($@"\{kind}{{{pattern[(_at + 2)..(end + 1)].Trim('{', '}')}}}");
                _at = end + 1;
                return true;
            default:
                return false;
        }

        _at += 2;
        return true;
    }

    private int EscapedCodePoint()
    {
        char kind = _at + 1 < pattern.Length ? pattern[_at + 1] : throw new PatternSyntaxException(@"'\' at the end");
        int start = _at;
        _at += 2;
        switch (kind)
        {
            case 'a': return '\a';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case 'x':
                int end = _at < pattern.Length && pattern[_at] == '{' ? pattern.IndexOf('}', _at) + 1 : _at + 2;
                if (end <= _at || end > pattern.Length || !int.TryParse(pattern[_at..end].Trim('{', '}'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) || !Rune.IsValid(value))
                {
                    throw new PatternSyntaxException(@"'\x' needs two hexadecimal digits, or \x{10FFFF}");
                }

                _at = end;
                return value;
            case '0':
                int octal = 0;
                for (int i = 0; i < 2 && _at < pattern.Length && pattern[_at] is >= '0' and <= '7'; i++, _at++)
                {
                    octal = (octal * 8) + (pattern[_at] - '0');
                }

                return octal;
            case < '\x80' when !char.IsAsciiLetterOrDigit(kind):
                return kind;
            default:
                throw new PatternSyntaxException(char.IsAsciiDigit(kind) ? "there are no backreferences" : $"'{pattern[start..Math.Min(_at, pattern.Length)]}' is no escape");
        }
    }

    private int CodePoint()
    {
        int value = Rune.TryGetRuneAt(pattern, _at, out Rune rune) ? rune.Value : throw new PatternSyntaxException("half of a surrogate pair");
        _at += rune.Utf16SequenceLength;
        return value;
    }

    private bool Skip(char c)
    {
        bool found = _at < pattern.Length && pattern[_at] == c;
        _at += found ? 1 : 0;
        return found;
    }

    private static string Literal(int codePoint) =>
        codePoint < 0x80 && char.IsAsciiLetterOrDigit((char)codePoint) ? ((char)codePoint).ToString()
        : $"{(codePoint > 0xFFFF ? "(?:" : "")}{string.Concat(char.ConvertFromUtf32(codePoint).Select(static unit => @"\u" + ((int)unit).ToString("X4", CultureInfo.InvariantCulture)))}{(codePoint > 0xFFFF ? ")" : "")}";

    private static long Check(long size) => size <= MaxSize ? size : throw new PatternSyntaxException("its repetitions within repetitions make it too large");
}
