using System.CommandLine;

namespace AgentOperator.Configuration;

/// <summary>A setting of any type.</summary>
internal interface ISetting
{
    Option Option { get; }

    string Variable { get; }
}
