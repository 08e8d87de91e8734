using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentOperator.Local.Images;

/// <summary>JSON contract of the image map.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ImageMapDocument))]
internal sealed partial class ImageJsonContext : JsonSerializerContext;
