namespace AgentOperator.Cel.Library;

/// <summary>Kubernetes' semantic versions.</summary>
internal static class VersionLibrary
{
    private static readonly CelType Version = SemanticVersion.CelType;

    public static IEnumerable<CelFunction> Functions =>
    [
        Fn.Of("semver", CelType.String, Version, static (in text, ref _) => Parse(text, normalize: false)),
        Fn.Of("semver", CelType.String, CelType.Bool, Version, static (in text, in normalize, ref _) => Parse(text, normalize.IsTrue)),
        Fn.Of("isSemver", CelType.String, CelType.Bool, static (in text, ref context) => CelValue.From(SemanticVersion.TryParse(text.Text, normalize: false, out _))),
        Fn.Of("isSemver", CelType.String, CelType.Bool, CelType.Bool, static (in text, in normalize, ref context) => CelValue.From(SemanticVersion.TryParse(text.Text, normalize.IsTrue, out _))),
        Fn.Method("major", Version, CelType.Int, static (in value, ref _) => CelValue.From((long)Of(value).Numbers[0])),
        Fn.Method("minor", Version, CelType.Int, static (in value, ref _) => CelValue.From((long)Of(value).Numbers[1])),
        Fn.Method("patch", Version, CelType.Int, static (in value, ref _) => CelValue.From((long)Of(value).Numbers[2])),
        Fn.Method("isLessThan", Version, Version, CelType.Bool, static (in left, in right, ref _) => CelValue.From(Of(left).Compare(Of(right)) < 0)),
        Fn.Method("isGreaterThan", Version, Version, CelType.Bool, static (in left, in right, ref _) => CelValue.From(Of(left).Compare(Of(right)) > 0)),
        Fn.Method("compareTo", Version, Version, CelType.Int, static (in left, in right, ref _) => CelValue.From((long)Math.Sign(Of(left).Compare(Of(right))))),
    ];

    private static CelValue Parse(in CelValue text, bool normalize) => SemanticVersion.TryParse(text.Text, normalize, out SemanticVersion? version)
        ? CelValue.From(version)
        : CelValue.Error($"{text} is no semantic version; write it as 1.2.3{(normalize ? "" : ", or say semver(…, true) to take v1.2 as well")}");

    private static SemanticVersion Of(in CelValue value) => (SemanticVersion)value.Reference!;
}
