using LeadPredict.Artifacts;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Faces;

/// <summary>An output of the Open Inference Protocol's face: one element a lead or row.</summary>
/// <typeparam name="T">What is said of a lead or row.</typeparam>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">Its type, as the protocol writes it.</param>
/// <param name="Of">The element.</param>
internal sealed record InferenceOutput<T>(string Name, string Datatype, Func<T, object> Of);

/// <summary>What models give, in the order of the answer.</summary>
internal static class InferenceOutputs
{
    /// <summary>Stands where a lead has no number, since a tensor has no null: neither a probability nor a score can be less than 0.</summary>
    private const int None = -1;

    /// <summary>Of a row: the probability that its label says yes, and the ends of its interval.</summary>
    public static IReadOnlyList<InferenceOutput<ProbabilityEstimate>> OfRows { get; } =
    [
        new("probability", "FP64", estimate => estimate.Value),
        new("low", "FP64", estimate => estimate.Low),
        new("high", "FP64", estimate => estimate.High),
    ];

    /// <summary>Of a lead.</summary>
    public static IReadOnlyList<InferenceOutput<LeadScore>> OfLeads(ModelArtifact model)
    {
        var outputs = new List<InferenceOutput<LeadScore>>();
        void Probability(bool has, string name, Func<LeadProbabilities, ProbabilityEstimate?> of)
        {
            if (has)
            {
                outputs.Add(new(name, "FP64", score => of(score.Probabilities)?.Value ?? None));
            }
        }

        (bool sql, bool close) = (model.Funnel!.Qualify is not null, model.Funnel.Close is not null);
        Probability(sql, "sql", probabilities => probabilities.Sql);
        Probability(sql && close, "closeGivenSql", probabilities => probabilities.CloseGivenSql);
        Probability(close, "close", probabilities => probabilities.Close);
        outputs.Add(new("score", "INT32", score => score.Score is { } number ? number : None));
        outputs.Add(new("grade", "BYTES", score => score.Grade ?? ""));
        outputs.Add(new("abstained", "BOOL", score => score.Abstained));
        return outputs;
    }
}
