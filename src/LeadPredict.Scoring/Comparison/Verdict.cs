using System.Text.Json.Serialization;

namespace LeadPredict.Scoring.Comparison;

/// <summary>Which of the two to believe.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>These leads do not tell which is better.</summary>
    NoDifference,

    /// <summary>The model's predictions are better by more than chance.</summary>
    ModelWins,

    /// <summary>The scorecard's are.</summary>
    RulesWin,
}
