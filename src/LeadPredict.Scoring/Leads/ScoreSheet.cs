using LeadPredict.Artifacts;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Reasons;

namespace LeadPredict.Scoring.Leads;

/// <summary>
/// A score in numbers: all that an answer is written from, used again from lead to lead, so that scoring allocates nothing. Made by
/// <see cref="LeadScorer.Fill"/>; <see cref="Tell"/> puts it into words. Belongs to its engine, and is for one thread at a time.
/// </summary>
public sealed class ScoreSheet
{
    /// <summary>As <see cref="LeadScore.ReasonsMethod"/>.</summary>
    public const string ReasonsMethod = ReasonBuilder.Method;

    private readonly SheetReason[] _reasons = new SheetReason[ReasonBuilder.MaxReasons + 1];
    private int _reasonCount;

    internal ScoreSheet(PredictionEngine engine) => Engine = engine;

    /// <summary>What scored; its feature values are those of this score.</summary>
    public PredictionEngine Engine { get; }

    /// <summary>The lead.</summary>
    public string LeadId { get; private set; } = "";

    /// <summary>The instant of the decision.</summary>
    public DateTimeOffset AsOf { get; private set; }

    /// <summary>The stage the lead was in at that instant.</summary>
    public Stage Stage { get; private set; }

    /// <summary>Why nothing was predicted of an open lead, or null; then there are no probabilities, rules or reasons.</summary>
    public string? AbstainedBecause { get; private set; }

    /// <summary>The probabilities, each null where <see cref="LeadScore.Probabilities"/> says so.</summary>
    public SheetProbabilities Probabilities { get; private set; }

    /// <summary>As <see cref="LeadScore.Score"/>, but 0 when the person objects.</summary>
    public int Score { get; private set; }

    /// <summary>What the rules count, or null without a scorecard.</summary>
    public ScorecardTally? Rules { get; private set; }

    /// <summary>As <see cref="ScorecardScore.Probability"/>.</summary>
    public double? RulesProbability { get; private set; }

    /// <summary>As <see cref="LeadScore.Agreement"/>.</summary>
    public Agreement Agreement { get; private set; }

    /// <summary>As <see cref="LeadScore.ReasonsOf"/>.</summary>
    public ModelLink? ReasonsOf { get; private set; }

    /// <summary>As <see cref="LeadScore.RawScore"/>.</summary>
    public double? RawScore { get; private set; }

    /// <summary>As <see cref="LeadScore.BaseValue"/>.</summary>
    public double? BaseValue { get; private set; }

    /// <summary>The strongest reasons first, then one line for all others; empty when all is decided or none were asked for.</summary>
    public ReadOnlySpan<SheetReason> Reasons => _reasons.AsSpan(0, _reasonCount);

    /// <summary>As <see cref="LeadScore.Abstained"/>.</summary>
    public bool Abstained => AbstainedBecause is not null || Stage is Stage.Lost or Stage.Disqualified;

    /// <summary>As <see cref="LeadScore.Warnings"/>; a caller may add what it noticed.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>What to do now.</summary>
    public SheetStep Next => AbstainedBecause is { } why
        ? new(Stage, "decide without a score", "sales development", why)
        : NextStepAdvisor.Of(this);

    /// <summary>The probability that tells the most, by its name: the first that is not certain.</summary>
    public (string Name, double Value) Telling => (Probabilities.Sql, Probabilities.Close) switch
    {
        ({ Value: < 1 } sql, _) => ("P(SQL)", sql.Value),
        (_, { } close) => ("P(close)", close.Value),
        var (sql, _) => ("P(SQL)", sql!.Value.Value),
    };

    /// <summary>The same in words.</summary>
    public LeadScore Tell()
    {
        ModelArtifact model = Engine.Model;
        SheetStep next = Next;
        return new()
        {
            LeadId = LeadId,
            AsOf = AsOf,
            Stage = Stage,
            Model = new(model.Name, model.Version, model.Hash),
            Probabilities = new(Probabilities.Sql, Probabilities.CloseGivenSql, Probabilities.Close),
            Score = AbstainedBecause is null ? Score : null,
            Grade = AbstainedBecause is null ? ScoreGrade.Of(Score) : null,
            Scorecard = Rules is { } rules ? SheetWords.Of(rules, Engine.Compiled.Scorecard!.Definition.Version, RulesProbability) : null,
            Agreement = Agreement,
            Next = new(next.Stage, next.Action, next.Owner, next.Because ?? NextStepAdvisor.Because(this)),
            ReasonsOf = ReasonsOf,
            RawScore = RawScore,
            BaseValue = BaseValue,
            Reasons = SheetWords.Of(Reasons, Engine.Compiled),
            ReasonsMethod = ReasonsMethod,
            Abstained = Abstained,
            AbstainedBecause = AbstainedBecause,
            Warnings = [.. Warnings],
        };
    }

    internal void Begin(string leadId, DateTimeOffset asOf, Stage stage)
    {
        (LeadId, AsOf, Stage) = (leadId, asOf, stage);
        Probabilities = default;
        Rules = null;
        (RulesProbability, RawScore, BaseValue) = (null, null, null);
        (Score, _reasonCount) = (0, 0);
        Agreement = Agreement.NotCompared;
        ReasonsOf = null;
        AbstainedBecause = null;
        Warnings.Clear();
    }

    internal void Abstain(string because)
    {
        AbstainedBecause = because;
        Warnings.Add("No score: " + because + ".");
    }

    internal void Count(ScorecardTally rules, double? probability) => (Rules, RulesProbability) = (rules, probability);

    internal void Predict(in ChainPrediction prediction)
    {
        bool decided = prediction.Undecided is null;
        Probabilities = new(prediction.Sql, prediction.CloseGivenSql, prediction.Close);
        RawScore = decided ? null : ExactGrid.Round(prediction.RawScore);
        Score = decided
            ? (int)(100 * prediction.Final.Value)
            : ScorePercentile.Of(Engine.Model.ScoreQuantiles, prediction.Final.Value);
        Agreement = Agreements.Of(prediction.Final, RulesProbability);
    }

    internal void Explain(ModelLink? link)
    {
        ReasonsOf = link;
        if (link is { } open)
        {
            (BaseValue, _reasonCount) = ReasonBuilder.Fill(Engine, open, RawScore!.Value, _reasons);
        }
    }
}
