using LeadPredict.Scoring.Engines;

namespace LeadPredict.Scoring.Leads;

/// <summary>Whether model and rules say the same of a lead, on the scale of probabilities.</summary>
public enum Agreement
{
    /// <summary>There is nothing to compare: no scorecard, no fitted probability for its points, or the lead is decided.</summary>
    NotCompared = 0,

    /// <summary>The rules' probability lies in the model's interval.</summary>
    Agree = 1,

    /// <summary>The model's whole interval lies above the rules' probability.</summary>
    ModelHigher = 2,

    /// <summary>The model's whole interval lies below the rules' probability.</summary>
    RulesHigher = 3,
}

internal static class Agreements
{
    public static Agreement Of(ProbabilityEstimate model, double? rules) => rules switch
    {
        null => Agreement.NotCompared,
        { } probability when model.Low > probability => Agreement.ModelHigher,
        { } probability when model.High < probability => Agreement.RulesHigher,
        _ => Agreement.Agree,
    };
}
