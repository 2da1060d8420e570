using LeadPredict.Artifacts;
using LeadPredict.Features;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Models;
using LeadPredict.Scorecard;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Scoring.Engines;

/// <summary>Scores with one model, reusing its buffers from call to call.</summary>
/// <remarks>
/// Not thread-safe: one engine a thread, or rent from a <see cref="Pool.PredictionEnginePool"/>. Many engines may share one
/// <see cref="CompiledModel"/>. Equal snapshots give equal bits in every engine.
/// </remarks>
public sealed class PredictionEngine : IDisposable
{
    private readonly float[] _row;
    private readonly TermMemory?[] _memories = new TermMemory[Enum.GetValues<ModelLink>().Length];
    private Snapshot? _snapshot;
    private bool _disposed;

    /// <summary>Compiles a model for this engine alone.</summary>
    public PredictionEngine(ModelArtifact model)
        : this(new CompiledModel(model))
    {
    }

    /// <summary>Makes an engine over a compiled model.</summary>
    public PredictionEngine(CompiledModel compiled)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        Compiled = compiled;
        _row = new float[compiled.Extractor.Count];
    }

    /// <summary>Room for the contributions of one link.</summary>
    internal double[] Contributions => field ??= new double[_row.Length];

    /// <summary>Room for what the rules count, or null for a model without a scorecard.</summary>
    internal ScorecardTally? Tally => field ??= Compiled.Scorecard?.NewTally();

    /// <summary>Room for a score in numbers.</summary>
    internal ScoreSheet Sheet => field ??= new(this);

    /// <summary>What it serves.</summary>
    public CompiledModel Compiled { get; }

    /// <summary>The model it serves.</summary>
    public ModelArtifact Model => Compiled.Model;

    /// <summary>The feature vector of the last prediction, in the schema's order.</summary>
    public ReadOnlySpan<float> Row => _row;

    /// <summary>Cuts a snapshot into room that the next call uses again.</summary>
    internal Snapshot Cut(AccountHistory account, LeadHistory lead, DateTimeOffset asOf) => _snapshot = Snapshot.Take(account, lead, asOf, _snapshot);

    /// <summary>Scores a lead as it was known at the snapshot's instant.</summary>
    /// <remarks>
    /// A lead before or in the span of the first link, or recycled, has all links open; at SQL or Opportunity, P(SQL) is 1. Won is
    /// certain; lost and disqualified are decided.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The model is of a table.</exception>
    public ChainPrediction Predict(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ObjectDisposedException.ThrowIf(_disposed, this);
        FunnelDefinition funnel = Model.Funnel
            ?? throw new InvalidOperationException($"model {Model} is of a table; expected one of a funnel to score a lead");
        Compiled.Extract(snapshot, _row);
        if (snapshot.Stage.IsFinal())
        {
            return Decided(funnel, snapshot);
        }

        return snapshot.Stage.Reaches(Stage.SalesQualified) ? Qualified(funnel) : Open(funnel);
    }

    /// <summary>Scores a table's row.</summary>
    /// <param name="cells">In the order of the header.</param>
    /// <param name="binding">From <see cref="FeatureExtractor.Bind"/> of this model's extractor.</param>
    /// <exception cref="InvalidOperationException">The model is of a funnel.</exception>
    public ChainPrediction PredictRow(IReadOnlyList<string?> cells, TableBinding binding)
    {
        RequireTable();
        Compiled.Extractor.ExtractRow(cells, binding, _row);
        return OneLink(ModelLink.Close);
    }

    /// <summary>Scores a table's row that comes as values.</summary>
    /// <param name="values">One a column, in the order of <see cref="FeatureExtractor.Columns"/>.</param>
    /// <exception cref="ArgumentException">There are fewer values than columns.</exception>
    /// <exception cref="InvalidOperationException">The model is of a funnel.</exception>
    public ChainPrediction PredictRow(ReadOnlySpan<AttributeValue> values)
    {
        RequireTable();
        Compiled.Extractor.ExtractRow(values, _row);
        return OneLink(ModelLink.Close);
    }

    /// <summary>Splits the raw score of a link among the features of the last prediction.</summary>
    /// <param name="link">A link that the model has.</param>
    /// <param name="contributions">Overwritten: one a feature, in log-odds.</param>
    /// <returns>The base, so that base and contributions add up to the raw score.</returns>
    public double Explain(ModelLink link, Span<double> contributions)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ScoreModel model = Of(link);
        return model.Explain(_row, contributions, Memory(link, model));
    }

    /// <summary>The feature whose value most makes the interval of the last prediction wide, or -1.</summary>
    /// <param name="link">A link that the model has.</param>
    /// <param name="estimate">What was predicted of it.</param>
    internal int MostNovel(ModelLink link, ProbabilityEstimate estimate) =>
        Of(link).MostNovel(_row, estimate.Value, new ProbabilityInterval(estimate.Low, estimate.High));

    /// <summary>Ends the engine's use: later calls throw.</summary>
    public void Dispose() => _disposed = true;

    private void RequireTable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Model.Kind != ArtifactKind.Table)
        {
            throw new InvalidOperationException($"model {Model} is of a funnel; expected one of a table to score a row");
        }
    }

    private static ChainPrediction Decided(FunnelDefinition funnel, Snapshot snapshot)
    {
        bool won = snapshot.Stage == Stage.Won;
        ProbabilityEstimate end = won ? ProbabilityEstimate.Certain : ProbabilityEstimate.Impossible;
        bool qualified = won || snapshot.Transitions.Any(transition => transition.To.Reaches(Stage.SalesQualified));
        bool chain = funnel.Qualify is not null && funnel.Close is not null;
        return new(
            funnel.Qualify is null ? null : qualified ? ProbabilityEstimate.Certain : ProbabilityEstimate.Impossible,
            chain ? end : null,
            funnel.Close is null ? null : end,
            null,
            double.NaN);
    }

    private ChainPrediction Qualified(FunnelDefinition funnel)
    {
        if (funnel.Qualify is null)
        {
            return OneLink(ModelLink.Close);
        }

        if (funnel.Close is null)
        {
            return new(ProbabilityEstimate.Certain, null, null, null, double.NaN);
        }

        (ProbabilityEstimate close, double raw) = Score(ModelLink.CloseGivenSql);
        return new(ProbabilityEstimate.Certain, close, close, ModelLink.CloseGivenSql, raw);
    }

    private ChainPrediction Open(FunnelDefinition funnel)
    {
        if (funnel.Qualify is null || funnel.Close is null)
        {
            return OneLink(funnel.Qualify is null ? ModelLink.Close : ModelLink.Sql);
        }

        (ProbabilityEstimate sql, double raw) = Score(ModelLink.Sql);
        (ProbabilityEstimate given, _) = Score(ModelLink.CloseGivenSql);
        return new(sql, given, CloseChain.Combine(sql, given, Model.CloseRecalibration), ModelLink.Sql, raw);
    }

    private ChainPrediction OneLink(ModelLink link)
    {
        (ProbabilityEstimate estimate, double raw) = Score(link);
        return link == ModelLink.Sql ? new(estimate, null, null, link, raw) : new(null, null, estimate, link, raw);
    }

    private (ProbabilityEstimate Estimate, double Raw) Score(ModelLink link)
    {
        ScoreModel model = Of(link);
        double raw = model.RawScore(_row, Memory(link, model));
        return (ProbabilityEstimate.Of(model, _row, raw), raw);
    }

    private TermMemory Memory(ModelLink link, ScoreModel model) => _memories[(int)link] ??= new(model);

    private ScoreModel Of(ModelLink link) => (link switch
    {
        ModelLink.Sql => Model.Sql,
        ModelLink.CloseGivenSql => Model.CloseGivenSql,
        _ => Model.Close,
    }) ?? throw new InvalidOperationException($"model {Model} has no link {link}");
}
