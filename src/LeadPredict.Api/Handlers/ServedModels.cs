using System.Collections.Concurrent;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Requests;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Scoring.Engines;
using LeadPredict.Scoring.Pool;

namespace LeadPredict.Api.Handlers;

/// <summary>Which models answer: the champion of the configured model, and of others that requests name. Engines are added when first asked for.</summary>
internal sealed class ServedModels : IDisposable
{
    private const string ChallengerSuffix = "@challenger";
    private readonly LeadPredictApiOptions _options;
    private readonly ILogger<ServedModels> _log;
    private readonly ConcurrentDictionary<string, string> _challengers = new(StringComparer.Ordinal);
    private string? _default;
    private SeenTable? _table;

    public ServedModels(LeadPredictApiOptions options, ILogger<ServedModels> log)
    {
        _options = options;
        _log = log;
        Repository = new(options.Models);
        Pool = new(Repository, options.Time, new() { PollInterval = options.PollInterval });
        Pool.Changed += Log;
    }

    public ModelRepository Repository { get; }

    public PredictionEnginePool Pool { get; }

    /// <summary>
    /// Reads the model that will answer by default, which takes as long as all else of a start and needs nothing of it. Null where there is none or it cannot be
    /// read: why is told by <see cref="Start"/>.
    /// </summary>
    public static CompiledModel? Ahead(LeadPredictApiOptions options)
    {
        try
        {
            var repository = new ModelRepository(options.Models);
            return (options.Model ?? DefaultOf(repository.List())) is { } name
                ? PredictionEnginePool.Load(repository, name, repository.Resolve(new(name, null, ModelAlias.Champion)))
                : null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Takes the model that answers by default into the pool, so that the first request does not wait for it.</summary>
    /// <param name="ahead">What <see cref="Ahead"/> gave.</param>
    public void Start(CompiledModel? ahead)
    {
        string? name = null;
        try
        {
            name = DefaultOfAll();
        }
        catch (ModelFolderException closed)
        {
            _log.LogError("{Fault}", closed.Message);
        }

        if (name is not null)
        {
            Follow(name, ahead);
        }
        else
        {
            _log.LogWarning("No champion in {Models}: scores answer 503 until one is promoted", _options.Models);
        }
    }

    /// <summary>The model that scores leads where a request names none, or null while there is none.</summary>
    /// <exception cref="ModelFolderException">The folder of models cannot be read.</exception>
    public string? Default()
    {
        if (_options.Model is { } configured)
        {
            return configured;
        }

        // Once chosen it stays, so that training another model does not change what answers.
        return _default ??= Choose(Repository.List());
    }

    /// <summary>The same, or a table's model where none scores leads; that no other came is looked for as often as new versions are.</summary>
    /// <exception cref="ModelFolderException">The folder of models cannot be read.</exception>
    public string? DefaultOfAll()
    {
        if ((_options.Model ?? _default) is { } ofLeads)
        {
            return ofLeads;
        }

        long now = _options.Time.GetTimestamp();
        if (_table is { } seen && _options.Time.GetElapsedTime(seen.At, now) < _options.PollInterval)
        {
            return seen.Name;
        }

        IReadOnlyList<ModelVersionSummary> versions = Repository.List();
        _default ??= Choose(versions);
        _table = _default is null && DefaultOf(versions) is { } table ? new(table, now) : null;
        return _default ?? _table?.Name;
    }

    /// <summary>Rents an engine of a model's champion that scores leads.</summary>
    /// <param name="name">As a caller gives it: a model's name and nothing else, for the pool has engines of challengers too. Null takes the default.</param>
    /// <exception cref="ModelReferenceException">It is no name, or there is no such model.</exception>
    /// <exception cref="ProblemException">There is no default yet, or the model does not score leads.</exception>
    /// <exception cref="EngineNotReadyException">No version of it serves.</exception>
    public PredictionEngineLease Rent(string? name)
    {
        PredictionEngineLease lease = RentAny(name ?? Default());
        if (lease.Model.Kind == ArtifactKind.Funnel)
        {
            return lease;
        }

        lease.Dispose();
        throw new ProblemException(
            ProblemKind.NotFound, $"Model '{lease.Model.Name}' was learned from a table and cannot score leads: send its rows to /v2/models/{lease.Model.Name}/infer.");
    }

    /// <summary>Rents an engine of a model's champion, whether it scores leads or rows of a table.</summary>
    /// <param name="name">As for <see cref="Rent(string?)"/>; null takes <see cref="DefaultOfAll"/>.</param>
    /// <exception cref="ModelReferenceException">It is no name, or there is no such model.</exception>
    /// <exception cref="ProblemException">There is no default yet.</exception>
    /// <exception cref="EngineNotReadyException">No version of it serves.</exception>
    public PredictionEngineLease RentAny(string? name)
    {
        string model = (name is null ? DefaultOfAll() : ModelName.Check(name))
            ?? throw new ProblemException(ProblemKind.NotReady, "No model was promoted yet: run 'leadpredict train', then 'leadpredict promote'.");
        if (!Pool.Contains(model))
        {
            Known(model);
            Follow(model);
        }

        return Pool.Rent(model);
    }

    /// <summary>The same, if it is the given version that answers.</summary>
    /// <exception cref="ProblemException">Another one does.</exception>
    public PredictionEngineLease RentAny(string name, string version)
    {
        PredictionEngineLease lease = RentAny(name);
        string serves = $"{lease.Model.Version}";
        if (version == serves)
        {
            return lease;
        }

        lease.Dispose();
        throw new ProblemException(ProblemKind.NotFound, $"Found version '{ShownText.Of(version)}'; expected {serves}, the version of model '{name}' that answers, or none.");
    }

    /// <summary>Whether a model has a challenger that serves.</summary>
    public bool HasChallenger(string model) => Pool.Serves(ChallengerOf(model));

    /// <summary>The challenger of a model, or null when there is none that serves.</summary>
    public PredictionEngineLease? TryRentChallenger(string model) => Pool.TryRent(ChallengerOf(model));

    /// <summary>The name of a challenger's engine, which is followed from the first time that it is asked for.</summary>
    private string ChallengerOf(string model) => _challengers.GetOrAdd(model, FollowChallenger);

    public void Dispose() => Pool.Dispose();

    /// <summary>The first by name that scores leads. Where there are several, replicas and the next start may come to another.</summary>
    private string? Choose(IReadOnlyList<ModelVersionSummary> versions)
    {
        string[] names = [.. OfLeads(versions)];
        if (names.Length > 1)
        {
            _log.LogWarning(
                "{Count} models have a champion ({Models}): {Model} answers where a request names none and scores stored leads, until this service ends. Others and the next start may choose another, so say which with --model",
                names.Length,
                string.Join(", ", names.Take(10)),
                names[0]);
        }

        return names.FirstOrDefault();
    }

    /// <summary>The models that score leads and have a champion, by name.</summary>
    private static IEnumerable<string> OfLeads(IReadOnlyList<ModelVersionSummary> versions) =>
        versions.Where(version => version is { IsChampion: true, Kind: ArtifactKind.Funnel }).Select(version => version.Name);

    /// <summary>The first that scores leads, or a table's where there is none.</summary>
    private static string? DefaultOf(IReadOnlyList<ModelVersionSummary> versions) =>
        OfLeads(versions).FirstOrDefault() ?? versions.FirstOrDefault(version => version.IsChampion)?.Name;

    /// <summary>A name that is not there must not take up a place in the pool.</summary>
    private void Known(string model)
    {
        if (model != _options.Model && !Repository.Names().Contains(model))
        {
            throw new ModelReferenceException($"there is no model '{model}'; /v1/models lists what there is");
        }
    }

    private string FollowChallenger(string model)
    {
        string engine = model + ChallengerSuffix;
        Pool.Add(engine, new(ModelName.Check(model), null, ModelAlias.Challenger), optional: true);
        return engine;
    }

    private void Follow(string model, CompiledModel? loaded = null) => Pool.Add(model, new(model, null, ModelAlias.Champion), loaded: loaded);

    private void Log(EngineChange change)
    {
        if (change.Kind == EngineChangeKind.Refused)
        {
            _log.LogError("Refused {Model}, {Rest}: {Fault}", change.Model, change.Generation == 0 ? "and none serves" : "what served goes on", change.Fault);
        }
        else
        {
            _log.LogInformation("{Model} {Change} as generation {Generation}", change.Model, change.Kind, change.Generation);
        }
    }

    /// <param name="Name">A table's model that answers, there being no other.</param>
    /// <param name="At">When it was looked.</param>
    private sealed record SeenTable(string Name, long At);
}
