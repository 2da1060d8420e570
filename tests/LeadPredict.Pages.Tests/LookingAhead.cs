using System.Text.Json;
using LeadPredict.Api;
using LeadPredict.Api.Boards;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using LeadPredict.Funnel.Measures;
using LeadPredict.Scorecard.HandOff;
using LeadPredict.Scoring.Engines;
using LeadPredict.Storage;
using LeadPredict.Storage.Boards;
using LeadPredict.Testing;
using Microsoft.AspNetCore.Builder;

namespace LeadPredict.Pages.Tests;

/// <summary>The first page should not be the one that waits for a large history.</summary>
[Collection(SampleTests.Name)]
public sealed class LookingAhead(SampleService service)
{
    [Fact]
    public async Task Funnel_BeforeAnyLeadIsScored_IsToldWithoutScoreBands()
    {
        FunnelReport? early = null;
        using PredictionEngine engine = new(new ModelRepository(service.Models).Load("leads", 1));
        Board board = await BoardPass.MakeAsync(
            service.Store, new([HandOffFile.Default]), engine, DateTimeOffset.UnixEpoch.AddYears(56), measured: report => early = report);

        early!.Links.ShouldAllBe(link => link.Bands.Count == 0);
        board.Funnel.Links[0].Bands.ShouldNotBeEmpty();
        FunnelReport without = board.Funnel with { BandsFrom = null, Links = [.. board.Funnel.Links.Select(link => link with { Bands = [], WithoutBand = 0 })] };
        JsonSerializer.Serialize(early).ShouldBe(JsonSerializer.Serialize(without));
    }

    [Fact]
    public async Task Board_OfAServiceThatLooksAhead_IsThereBeforeAPageIsAskedFor()
    {
        using var folder = new TemporaryFolder();
        await using IHistoryStore store = await HistoryStores.OpenAsync($"sqlite:{folder["h.db"]}", create: true);
        await store.AppendAsync(new() { Leads = [new LeadBuilder().Build().Lead] });
        await using WebApplication app = LeadPredictApi.Create(new() { Models = service.Models, Store = store, Urls = "http://127.0.0.1:0", LookAhead = true });
        await app.StartAsync();
        foreach (string kept in new[] { "pages", "calls" })
        {
            for (int i = 0; i < 600 && await BoardStores.Of(store).FindAsync(kept) is null; i++)
            {
                await Task.Delay(100);
            }

            (await BoardStores.Of(store).FindAsync(kept)).ShouldNotBeNull();
        }
    }
}
