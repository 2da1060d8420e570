namespace LeadPredict.Features.Profiles;

/// <summary>How many rows have a value, and of how many groups they are: the leads of one account, which say the same again and again while it is open, are one.</summary>
internal record struct ValueTally
{
    public int Rows { get; set; }

    /// <summary>How many groups the rows are of, those of each coming one after the other.</summary>
    public int Groups { get; set; }

    /// <summary>The group of the latest row, from 1; 0 where each row is its own group.</summary>
    public int Latest { get; set; }

    /// <summary>Adds a row of a group.</summary>
    public void Add(int group)
    {
        Rows++;
        Groups += group == Latest ? 0 : 1;
        Latest = group;
    }

    /// <summary>These rows and later ones.</summary>
    public readonly ValueTally With(ValueTally later) => new()
    {
        Rows = Rows + later.Rows,
        Groups = Groups + later.Groups - (later is { Rows: 1, Latest: > 0 } && later.Latest == Latest ? 1 : 0),
        Latest = later.Latest,
    };
}
