using System.Text.Json;
using LeadPredict.Api.Answers;
using LeadPredict.Api.Errors;
using LeadPredict.Api.Requests;
using LeadPredict.Api.Security;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Scoring.Pool;

namespace LeadPredict.Api.Handlers;

/// <summary>Lists models, moves their aliases and tells the champion's comparison.</summary>
internal sealed class ModelHandler(ServedModels models, AdminAudit audit, ILogger<ModelHandler> log)
{
    public ModelsAnswer List() => new(models.DefaultOfAll(), models.Repository.List(), models.Pool.Status());

    public async Task<ModelAliases> PromoteAsync(HttpContext context, string name, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        (int version, ModelAlias alias) = PromotionReader.Read(body);
        return await MoveAsync(
            context, "promote", name, $"{Shown(name)}@{version} as {alias}", () => models.Repository.PromoteAsync(name, version, alias, cancellation));
    }

    public Task<ModelAliases> RollbackAsync(HttpContext context, string name, CancellationToken cancellation) =>
        MoveAsync(context, "rollback", name, Shown(name), () => models.Repository.RollbackAsync(name, cancellation));

    /// <summary>Takes the challenger away: that version, or the one that it is where none is said.</summary>
    public Task<ModelAliases> DismissAsync(HttpContext context, string name, int? version, CancellationToken cancellation)
    {
        int? challenger = version ?? models.Repository.Aliases(name).Challenger;
        return MoveAsync(
            context, "dismiss", name, challenger is null ? Shown(name) : $"{Shown(name)}@{challenger}", () => models.Repository.DismissChallengerAsync(name, challenger, cancellation));
    }

    /// <summary>The stored comparison of the champion with the scorecard, with the model it is of.</summary>
    public ComparisonAnswer Comparison(string? model)
    {
        using PredictionEngineLease lease = models.Rent(model);
        string comparison = lease.Model.ComparisonJson
            ?? throw new ProblemException(ProblemKind.NotFound, $"Model {lease.Model} was published without a comparison; run 'leadpredict compare'.");
        using JsonDocument document = JsonDocument.Parse(comparison);
        return new(new(lease.Model.Name, lease.Model.Version, lease.Model.Hash), document.RootElement.Clone());
    }

    /// <summary>The verdict of the comparison in a sentence, or null when there is none.</summary>
    public string? Verdict()
    {
        try
        {
            return Comparison(null).Comparison.TryGetProperty("verdict", out JsonElement verdict) && verdict.ValueKind == JsonValueKind.String
                ? verdict.GetString()
                : null;
        }
        catch (Exception none) when (none is ProblemException or EngineNotReadyException)
        {
            return null;
        }
    }

    /// <summary>What a caller gives for a name goes into no log unless it is one.</summary>
    private static string Shown(string name) => ModelName.IsValid(name) ? name : "(no model name)";

    private async Task<ModelAliases> MoveAsync(HttpContext context, string action, string name, string subject, Func<Task<ModelAliases>> move)
    {
        try
        {
            ModelAliases aliases = await audit.DoAsync(context, action, subject, move);
            if (models.Pool.Contains(name))
            {
                models.Pool.Refresh(name);
            }

            return aliases;
        }
        catch (ModelFolderException closed)
        {
            log.LogError("{Fault}", closed.Message);
            throw;
        }
    }
}
