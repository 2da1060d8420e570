namespace LeadPredict.Training.Train.Tables;

/// <summary>Groups of rows that grow together where rows of two turn out to belong together (union-find).</summary>
internal sealed class JoinedGroups
{
    // Of each row one of its group, up to the first, which is its own.
    private readonly int[] _toward;

    /// <summary>Begins with groups that are given.</summary>
    /// <param name="groups">One number a row.</param>
    public JoinedGroups(IReadOnlyList<int> groups)
    {
        var firsts = new Dictionary<int, int>();
        _toward = new int[groups.Count];
        for (int row = 0; row < _toward.Length; row++)
        {
            _toward[row] = firsts.TryAdd(groups[row], row) ? row : firsts[groups[row]];
        }
    }

    /// <summary>Joins the groups of two rows.</summary>
    public void Join(int one, int other)
    {
        (int first, int second) = (FirstOf(one), FirstOf(other));
        _toward[Math.Max(first, second)] = Math.Min(first, second);
    }

    /// <summary>The groups, each called by its first row.</summary>
    public int[] ToArray() => [.. Enumerable.Range(0, _toward.Length).Select(FirstOf)];

    private int FirstOf(int row)
    {
        while (_toward[row] != row)
        {
            row = _toward[row] = _toward[_toward[row]];
        }

        return row;
    }
}
