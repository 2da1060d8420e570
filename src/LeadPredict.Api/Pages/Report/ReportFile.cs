using LeadPredict.Api.Boards;
using LeadPredict.Api.HandOff;
using LeadPredict.Api.Pages.Compare;
using LeadPredict.Api.Pages.FunnelView;
using LeadPredict.Api.Pages.Models;
using LeadPredict.Api.Pages.Shell;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Scoring.Engines;
using LeadPredict.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadPredict.Api.Pages.Report;

/// <summary>What a report shows.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Board">The history looked at once.</param>
/// <param name="Definitions">What the team agreed on.</param>
/// <param name="Compare">Model and rules, or null.</param>
/// <param name="Models">The models.</param>
/// <param name="NoModel">Why there is no model, or null.</param>
public sealed record ReportContent(DateTimeOffset At, Board Board, HandOffTimeline Definitions, CompareView? Compare, ModelsView Models, string? NoModel);

/// <summary>The pages for leaders as one HTML file: it opens from disk and asks for nothing, and holds no single lead.</summary>
public static class ReportFile
{
    /// <summary>Gathers and draws the report.</summary>
    /// <param name="store">The history.</param>
    /// <param name="models">The models.</param>
    /// <param name="model">The version to report on, or null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<string> WriteAsync(
        IHistoryStore store, ModelRepository models, ModelArtifact? model, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(time);
        using PredictionEngine? engine = model is null ? null : new(model);
        DateTimeOffset now = time.GetUtcNow();
        HandOffTimeline definitions = await new HandOffDesk(store, time).DefinitionsAsync(cancellation);
        Board board = await BoardPass.MakeAsync(store, definitions, engine, now, fewestInGroup: ShownReasons.FewestTimes, ct: cancellation);
        IReadOnlyList<ModelVersionSummary> versions = models.List();
        ModelVersionSummary[] named = [.. versions.Where(version => version.Name == model?.Name)];
        var view = new ModelsView
        {
            Versions = versions,
            Default = model?.Name,
            Main = model is null ? null : ModelDetail.Of(model, named.FirstOrDefault(version => version.Version == model.Version)),
            Beside =
            [
                .. named.Where(version => version.Version != model!.Version && version.Fault is null && (version.IsChampion || version.IsChallenger))
                    .OrderByDescending(version => version.IsChampion)
                    .Select(version => ModelDetail.Of(models.Load(version.Name, version.Version), version)),
            ],
            Promises = board.Promises,
            Inputs = board.Inputs,
        };
        var content = new ReportContent(
            now, board, definitions, model is null ? null : CompareView.Of(model, null, null), view, model is null ? "No model was promoted yet." : null);
        await using ServiceProvider services = new ServiceCollection().BuildServiceProvider();
        return await new PageRenderer(services, NullLoggerFactory.Instance).RenderAsync<ReportPage>(("Content", content));
    }
}
