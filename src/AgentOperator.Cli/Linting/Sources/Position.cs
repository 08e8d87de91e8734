using System.Runtime.InteropServices;

namespace AgentOperator.Cli.Linting.Sources;

/// <summary>A place in a file, both from 1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Position(int Line, int Column);
