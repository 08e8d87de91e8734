using System.Text.Json;

namespace AgentOperator.Workflows.Templates;

/// <summary>Where the values of a run come from.</summary>
internal interface IValueScope
{
    /// <summary>The value at a path that was checked when the run was accepted; JSON null where there is none.</summary>
    JsonElement Resolve(ValuePath path);

    /// <summary>The declared type of the value at a path, one of <see cref="Api.Workflows.ValueTypes"/>; null where none is declared.</summary>
    string? TypeOf(ValuePath path);

    /// <summary>Gets the values that are to be files; null where no container reads the text.</summary>
    StepFiles? Files => null;
}
