using Microsoft.ML.Data;

namespace LeadPredict.MLNet;

/// <summary>A training row as Microsoft.ML reads it.</summary>
public sealed class SlotRow
{
    /// <summary>What became of it.</summary>
    public bool Label { get; set; }

    /// <summary>How much it counts, above 0.</summary>
    public float Weight { get; set; } = 1;

    /// <summary>From a <see cref="SlotLayout"/>.</summary>
    public float[] Features { get; set; } = [];
}

/// <summary>What Microsoft.ML says of a row.</summary>
public sealed class SlotScore
{
    /// <summary>The trees' sum.</summary>
    public float Score { get; set; }

    /// <summary>Through Microsoft.ML's own calibration.</summary>
    [ColumnName("Probability")]
    public float Probability { get; set; }
}
