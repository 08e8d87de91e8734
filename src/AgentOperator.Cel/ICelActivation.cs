namespace AgentOperator.Cel;

/// <summary>The values of an evaluation's variables.</summary>
public interface ICelActivation
{
    /// <summary>Gives a variable's value; false where there is none, which is an error where it is needed. Called each time that the variable is read.</summary>
    bool TryResolve(string name, out CelValue value);
}
