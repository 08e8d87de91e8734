using System.Text;
using System.Text.RegularExpressions;

namespace AgentOperator.Cel.Library;

/// <summary>Regular expressions in time that grows with the text only: <c>matches</c>, Kubernetes' <c>find</c> and <c>findAll</c>, and the regex extension.</summary>
internal static class RegexLibrary
{
    private static readonly CelType Text = CelType.String;
    private static readonly CelType Texts = CelType.List(CelType.String);

    public static IEnumerable<CelFunction> Functions =>
    [
        Fn.Of("matches", Text, Text, CelType.Bool, Matches),
        Fn.Method("matches", Text, Text, CelType.Bool, Matches),
        Fn.Method("find", Text, Text, Text, Find),
        Fn.Method("findAll", Text, Text, Texts, static (in text, in pattern, ref context) => FindAll(text, pattern, -1, group: false, ref context)),
        Fn.Method("findAll", Text, Text, CelType.Int, Texts, static (in text, in pattern, in limit, ref context) => FindAll(text, pattern, limit.Bits, group: false, ref context)),
        Fn.Of("regex.extract", Text, Text, CelType.Optional(Text), Extract),
        Fn.Of("regex.extractAll", Text, Text, Texts, static (in text, in pattern, ref context) => FindAll(text, pattern, -1, group: true, ref context)),
        Fn.Of("regex.replace", Text, Text, Text, Text, static (in text, in pattern, in by, ref context) => Replace(text, pattern, by.Text, -1, ref context)),
        new("regex.replace", [Text, Text, Text, CelType.Int], Text, static (scoped arguments, ref context) => Replace(arguments[0], arguments[1], arguments[2].Text, arguments[3].Bits, ref context)),
    ];

    private static CelValue Matches(in CelValue text, in CelValue pattern, ref CelContext context) =>
        Patterns.TryGet(pattern.Text, text.Text, out Regex? regex, out CelValue error, ref context) ? CelValue.From(regex.IsMatch(text.Text)) : error;

    private static CelValue Find(in CelValue text, in CelValue pattern, ref CelContext context) =>
        Patterns.TryGet(pattern.Text, text.Text, out Regex? regex, out CelValue error, ref context) ? CelValue.From(regex.Match(text.Text).Value) : error;

    private static CelValue Extract(in CelValue text, in CelValue pattern, ref CelContext context)
    {
        if (!Patterns.TryGet(pattern.Text, text.Text, out Regex? regex, out CelValue error, ref context) || !HasOneGroup(regex, out error))
        {
            return error;
        }

        Match match = regex.Match(text.Text);
        return match.Success && HasPart(match) ? CelValue.Some(CelValue.From(Part(match, group: true))) : CelValue.None;
    }

    private static CelValue FindAll(in CelValue text, in CelValue pattern, long limit, bool group, ref CelContext context)
    {
        if (!Patterns.TryGet(pattern.Text, text.Text, out Regex? regex, out CelValue error, ref context) || (group && !HasOneGroup(regex, out error)))
        {
            return error;
        }

        List<CelValue> found = [];
        int end = -1;
        for (Match match = regex.Match(text.Text); match.Success && (limit < 0 || found.Count < limit); match = Next(match, text.Text, ref end, ref context))
        {
            if (Counts(match, end) && (!group || HasPart(match)))
            {
                context.ChargeGrowth(found.Count + 1);
                context.ChargeText(match.Length);
                found.Add(CelValue.From(Part(match, group)));
            }
        }

        return CelValue.From(found);
    }

    private static CelValue Replace(in CelValue text, in CelValue pattern, string by, long limit, ref CelContext context)
    {
        if (!Patterns.TryGet(pattern.Text, text.Text, out Regex? regex, out CelValue error, ref context))
        {
            return error;
        }

        StringBuilder made = new();
        int start = 0;
        long done = 0;
        int end = -1;
        for (Match match = regex.Match(text.Text); match.Success && (limit < 0 || done < limit); match = Next(match, text.Text, ref end, ref context))
        {
            if (!Counts(match, end))
            {
                continue;
            }

            done++;
            made.Append(text.Text, start, match.Index - start);
            CelValue failed = AppendReplacement(made, match, by);
            if (failed.IsAbnormal)
            {
                return failed;
            }

            start = match.Index + match.Length;
            context.CheckSize(made.Length);
        }

        made.Append(text.Text, start, text.Text.Length - start);
        context.ChargeMade(made.Length);
        return CelValue.From(made.ToString());
    }

    /// <summary><c>\1</c> is a group, <c>\\</c> a backslash.</summary>
    private static CelValue AppendReplacement(StringBuilder made, Match match, string by)
    {
        for (int i = 0; i < by.Length; i++)
        {
            if (by[i] != '\\')
            {
                made.Append(by[i]);
                continue;
            }

            i++;
            if (i < by.Length && by[i] == '\\')
            {
                made.Append('\\');
            }
            else if (i < by.Length && char.IsAsciiDigit(by[i]) && by[i] - '0' < match.Groups.Count)
            {
                made.Append(match.Groups[by[i] - '0'].ValueSpan);
            }
            else
            {
                return CelValue.Error(@"regex.replace(): in the replacement, a backslash is followed by the number of a group of the pattern, or by another backslash");
            }
        }

        return default;
    }

    /// <summary>The search for each match may read the text to its end; a part of that is counted, since it seldom does, and each character may meet every part of the pattern.</summary>
    private static Match Next(Match match, string text, ref int end, ref CelContext context)
    {
        end = match.Index + match.Length;
        context.Step();
        context.Charge(((text.Length - end) >> 8) * (1 + (context.LastPattern!.Size / CompiledPattern.PartsPerCost)));
        return match.NextMatch();
    }

    /// <summary>As RE2 has it, there is no empty match right after another one.</summary>
    private static bool Counts(Match match, int end) => match.Length > 0 || match.Index != end;

    /// <summary>A group that holds nothing is none.</summary>
    private static bool HasPart(Match match) => match.Groups.Count == 1 || match.Groups[1].Length > 0;

    private static bool HasOneGroup(Regex regex, out CelValue error)
    {
        error = regex.GetGroupNumbers().Length > 2 ? CelValue.Error($"regular expression has more than one capturing group: '{regex}'; make the others (?:…)") : default;
        return !error.IsAbnormal;
    }

    private static string Part(Match match, bool group) => group && match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
}
