namespace AgentOperator.Cel.Checking;

/// <summary>What type parameters stand for, as far as it is known.</summary>
internal sealed class Inference
{
    private readonly Dictionary<string, CelType> _bound = new(StringComparer.Ordinal);
    private readonly Stack<(string Name, CelType? Before)> _changes = new();
    private int _next;

    public CelType Fresh() => CelType.Parameter($"_{_next++}");

    /// <summary>Whether values of one type can be where another is expected; binds parameters if so, and nothing if not.</summary>
    public bool TryAssign(IReadOnlyList<CelType> from, IReadOnlyList<CelType> to)
    {
        _changes.Clear();
        for (int i = 0; i < from.Count; i++)
        {
            if (!Assign(from[i], to[i]))
            {
                Undo();
                return false;
            }
        }

        return true;
    }

    public bool TryAssign(CelType from, CelType to) => TryAssign([from], [to]);

    /// <summary>The type of either; anything where they have nothing in common.</summary>
    public CelType Join(CelType? left, CelType right)
    {
        if (left is null)
        {
            return right;
        }

        if (TryAssign(left, right))
        {
            return MostGeneral(left, right);
        }

        return TryAssign(right, left) ? MostGeneral(left, right) : CelType.Dyn;
    }

    /// <summary>The type with parameters replaced by what they stand for.</summary>
    public CelType Resolve(CelType type, bool freeAsDyn = false)
    {
        if (type.Kind is CelTypeKind.Parameter)
        {
            return _bound.TryGetValue(type.Name, out CelType? bound) ? Resolve(bound, freeAsDyn) : freeAsDyn ? CelType.Dyn : type;
        }

        return type.Parameters.Count == 0 ? type : type.WithParameters([.. type.Parameters.Select(parameter => Resolve(parameter, freeAsDyn))]);
    }

    /// <summary>A function's type with parameters of its own.</summary>
    public static CelType Instantiate(CelType type, Dictionary<string, CelType> fresh, Func<CelType> make)
    {
        if (type.Kind is CelTypeKind.Parameter)
        {
            if (!fresh.TryGetValue(type.Name, out CelType? made))
            {
                fresh[type.Name] = made = make();
            }

            return made;
        }

        return type.Parameters.Count == 0 ? type : type.WithParameters([.. type.Parameters.Select(parameter => Instantiate(parameter, fresh, make))]);
    }

    private void Undo()
    {
        while (_changes.TryPop(out (string Name, CelType? Before) change))
        {
            if (change.Before is null)
            {
                _bound.Remove(change.Name);
            }
            else
            {
                _bound[change.Name] = change.Before;
            }
        }
    }

    private void Set(CelType parameter, CelType type)
    {
        _changes.Push((parameter.Name, _bound.GetValueOrDefault(parameter.Name)));
        _bound[parameter.Name] = type;
    }

    private bool Assign(CelType from, CelType to)
    {
        if (to.Kind is CelTypeKind.Parameter)
        {
            (bool valid, bool bound) = Bind(from, to);
            if (valid || bound)
            {
                return valid;
            }
        }

        if (from.Kind is CelTypeKind.Parameter)
        {
            return Bind(to, from).Valid;
        }

        if (from.Kind is CelTypeKind.Dyn || to.Kind is CelTypeKind.Dyn)
        {
            return true;
        }

        if (to.Kind is CelTypeKind.Nullable)
        {
            return from.Kind is CelTypeKind.Null || Assign(from.Kind is CelTypeKind.Nullable ? from.Parameters[0] : from, to.Parameters[0]);
        }

        if (from.Kind is CelTypeKind.Nullable)
        {
            return Assign(from.Parameters[0], to);
        }

        if (from.Kind is CelTypeKind.Null || to.Kind is CelTypeKind.Null)
        {
            return IsNullable(from) && IsNullable(to);
        }

        if (from.Kind is CelTypeKind.Record && to.Kind is CelTypeKind.Map)
        {
            return Assign(CelType.String, to.Parameters[0]) && Assign(CelType.Dyn, to.Parameters[1]);
        }

        return from.Kind == to.Kind && AssignSame(from, to);
    }

    private bool AssignSame(CelType from, CelType to) => from.Kind switch
    {
        CelTypeKind.Type => true,
        CelTypeKind.Record => from.Equals(to),
        _ => from.Name == to.Name && from.Parameters.Count == to.Parameters.Count && from.Parameters.Zip(to.Parameters).All(pair => Assign(pair.First, pair.Second)),
    };

    private (bool Valid, bool Bound) Bind(CelType type, CelType parameter)
    {
        if (type.Kind is CelTypeKind.Parameter && type.Name == parameter.Name)
        {
            return (true, true);
        }

        if (_bound.TryGetValue(parameter.Name, out CelType? bound))
        {
            if (!Assign(type, bound))
            {
                return (false, true);
            }

            CelType general = MostGeneral(type, bound);
            if (!Occurs(parameter, general))
            {
                Set(parameter, general);
            }

            return (true, true);
        }

        if (Occurs(parameter, type))
        {
            return (false, false);
        }

        Set(parameter, type);
        return (true, false);
    }

    private bool Occurs(CelType parameter, CelType within)
    {
        if (within.Kind is CelTypeKind.Parameter)
        {
            return within.Name == parameter.Name || (_bound.TryGetValue(within.Name, out CelType? bound) && Occurs(parameter, bound));
        }

        return within.Parameters.Any(inner => Occurs(parameter, inner));
    }

    private static CelType MostGeneral(CelType left, CelType right) => IsNoLessGeneral(left, right) ? left : right;

    private static bool IsNoLessGeneral(CelType left, CelType right)
    {
        if (left.Kind is CelTypeKind.Dyn || left.Kind is CelTypeKind.Parameter)
        {
            return true;
        }

        if (right.Kind is CelTypeKind.Dyn || right.Kind is CelTypeKind.Parameter)
        {
            return false;
        }

        if (left.Kind is CelTypeKind.Null || right.Kind is CelTypeKind.Null)
        {
            return left.Kind is not CelTypeKind.Null;
        }

        if (left.Kind is CelTypeKind.Nullable || right.Kind is CelTypeKind.Nullable)
        {
            return left.Kind is CelTypeKind.Nullable;
        }

        return left.Kind == right.Kind && left.Name == right.Name && left.Parameters.Count == right.Parameters.Count
            && left.Parameters.Zip(right.Parameters).All(static pair => IsNoLessGeneral(pair.First, pair.Second));
    }

    private static bool IsNullable(CelType type) => type.Kind is CelTypeKind.Null or CelTypeKind.Timestamp or CelTypeKind.Duration or CelTypeKind.Optional or CelTypeKind.Record or CelTypeKind.Opaque;
}
