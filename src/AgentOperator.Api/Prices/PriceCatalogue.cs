using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentOperator.Api.Digests;

namespace AgentOperator.Api.Prices;

/// <summary>What models cost: a JSON document of the form
/// <c>{ "currency": "USD", "models": { "claude-sonnet-4-5": { "inputMicrosPerMillion": 3000000, "outputMicrosPerMillion": 15000000 }, "openai/gpt-*": … } }</c>.
/// A key is a model's name, or <c>provider/name</c>; a <c>*</c> at its end stands for any rest.</summary>
public sealed class PriceCatalogue
{
    private static readonly string[] Prices = ["inputMicrosPerMillion", "outputMicrosPerMillion", "cachedInputMicrosPerMillion", "cacheWriteMicrosPerMillion"];

    private readonly Dictionary<string, ModelPrice> _models;

    private PriceCatalogue(string currency, string digest, Dictionary<string, ModelPrice> models) => (Currency, Digest, _models) = (currency, digest, models);

    /// <summary>ISO 4217: three capital letters.</summary>
    public string Currency { get; }

    /// <summary><c>sha256:</c> and 64 hex digits over the RFC 8785 text of the document: spacing and order do not count.</summary>
    public string Digest { get; }

    /// <exception cref="PriceCatalogueException">With everything that is wrong with the text.</exception>
    public static PriceCatalogue Parse(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException error)
        {
            throw new PriceCatalogueException([$"it is no JSON: {error.Message}"]);
        }

        using (document)
        {
            return Read(document.RootElement);
        }
    }

    /// <summary>The price of a model, or null when the catalogue has none. <c>provider/name</c> as it is, then <c>name</c> as it is, then the longest prefix that fits either,
    /// where a prefix with the provider wins over one of equal length without.</summary>
    public ModelPrice? Find(string provider, string name)
    {
        string full = $"{provider}/{name}";
        if (_models.TryGetValue(full, out ModelPrice? price) || _models.TryGetValue(name, out price))
        {
            return price;
        }

        string? longest = _models.Keys
            .Where(key => key.EndsWith('*') && (full.StartsWith(key[..^1], StringComparison.Ordinal) || name.StartsWith(key[..^1], StringComparison.Ordinal)))
            .OrderByDescending(static key => key.Length)
            .ThenByDescending(key => full.StartsWith(key[..^1], StringComparison.Ordinal))
            .FirstOrDefault();
        return longest is null ? null : _models[longest];
    }

    private static PriceCatalogue Read(JsonElement root)
    {
        List<string> problems = [];
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new PriceCatalogueException(["it must be an object with currency and models"]);
        }

        foreach (JsonProperty unknown in root.EnumerateObject().Where(static entry => entry.Name is not ("currency" or "models")))
        {
            problems.Add($"\"{unknown.Name}\" is not known here: there are currency and models");
        }

        string currency = root.TryGetProperty("currency", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
        {
            problems.Add("currency must be three capital letters, such as USD");
        }

        Dictionary<string, ModelPrice> models = new(StringComparer.Ordinal);
        if (root.TryGetProperty("models", out JsonElement entries) && entries.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty entry in entries.EnumerateObject())
            {
                models[entry.Name] = ReadPrice(entry, problems);
            }
        }
        else
        {
            problems.Add("models must be an object of prices by model name");
        }

        if (problems.Count > 0)
        {
            throw new PriceCatalogueException(problems);
        }

        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Format(root))));
        return new PriceCatalogue(currency, $"sha256:{digest}", models);
    }

    private static ModelPrice ReadPrice(JsonProperty entry, List<string> problems)
    {
        if (entry.Name.Length == 0 || entry.Name.IndexOf('*', StringComparison.Ordinal) is int star && star >= 0 && star < entry.Name.Length - 1)
        {
            problems.Add($"\"{entry.Name}\" must be a model name; a * may only end it");
        }

        if (entry.Value.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{entry.Name} must be an object of prices");
            return new ModelPrice();
        }

        foreach (JsonProperty unknown in entry.Value.EnumerateObject().Where(static price => !Prices.Contains(price.Name)))
        {
            problems.Add($"{entry.Name}: \"{unknown.Name}\" is not known here: there are {string.Join(", ", Prices)}");
        }

        long?[] read = [.. Prices.Select(name => ReadNumber(entry, name, problems))];
        if (read[0] is null || read[1] is null)
        {
            problems.Add($"{entry.Name} must have {Prices[0]} and {Prices[1]}");
        }

        return new ModelPrice
        {
            InputMicrosPerMillion = read[0] ?? 0,
            OutputMicrosPerMillion = read[1] ?? 0,
            CachedInputMicrosPerMillion = read[2],
            CacheWriteMicrosPerMillion = read[3],
        };
    }

    private static long? ReadNumber(JsonProperty entry, string name, List<string> problems)
    {
        if (!entry.Value.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long price) && price >= 0)
        {
            return price;
        }

        problems.Add($"{entry.Name}: {name} must be an integer of at least 0");
        return 0;
    }
}
