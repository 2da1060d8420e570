namespace LeadPredict.Features.Profiles;

/// <summary>How many rows have a value, and of how many groups they are: the leads of one account, which say the same again and again while it is open, are one.</summary>
internal record struct ValueTally
{
    // The group of the latest row, from 1; 0 where none comes by itself.
    private int _latest;

    public int Rows { get; set; }

    /// <summary>How many groups the rows are of, those of each coming one after the other.</summary>
    public int Groups { get; set; }

    /// <summary>Adds a row of a group.</summary>
    public void Add(int group)
    {
        Rows++;
        Groups += group == _latest ? 0 : 1;
        _latest = group;
    }

    /// <summary>These rows and those of other groups, which are numbered for themselves.</summary>
    public readonly ValueTally With(ValueTally others) => new() { Rows = Rows + others.Rows, Groups = Groups + others.Groups };
}
