namespace LeadPredict.Funnel.Labels;

/// <summary>What became of an example within its horizon.</summary>
public enum Label
{
    /// <summary>It did not convert: it ended otherwise, or the horizon passed.</summary>
    NotConverted = 0,

    /// <summary>It converted inside the horizon.</summary>
    Converted = 1,

    /// <summary>Not converted yet, and the data ends before the horizon does. Never a silent no.</summary>
    Censored = 2,
}
