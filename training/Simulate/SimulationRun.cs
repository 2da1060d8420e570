using System.Text.Json;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Simulate;

/// <summary>One run of the simulation into a folder.</summary>
internal static class SimulationRun
{
    /// <summary>Simulates and writes.</summary>
    /// <param name="folder">Empty, new, or of an earlier simulation.</param>
    /// <param name="options">What to simulate; checked here.</param>
    /// <param name="progress">Told the number of leads made so far, about twenty times.</param>
    /// <param name="cancellation">Stops between accounts; no file is changed then.</param>
    public static SimulationSummary Write(
        string folder, SimulationOptions options, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        options.Checked();
        HistoryFolder.Prepare(folder);
        int leads = 0, episodes = 0, mqlLeads = 0, told = 0;
        double sql = 0, close = 0;
        using var writer = new HistoryWriter(folder, options.Seed);
        foreach (SimulatedAccount account in FunnelSimulation.Run(options))
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Write(account);
            leads += account.Leads.Count;
            episodes += account.Truths.Count;
            mqlLeads += account.Truths.Count(truth => truth.Episode == 1);
            sql += account.Truths.Sum(truth => truth.Sql);
            close += account.Truths.Sum(truth => truth.Close);
            if (leads - told >= options.Leads / 20)
            {
                progress?.Invoke(told = leads);
            }
        }

        var summary = new SimulationSummary
        {
            Leads = leads,
            Seed = options.Seed,
            From = SimulationCalendar.Start,
            Until = SimulationCalendar.End,
            MqlEpisodes = episodes,
            MqlLeads = mqlLeads,
            RepeatedTouches = writer.RepeatedTouches,
            MeanPSql = sql / episodes,
            MeanPClose = close / episodes,
            Files = writer.Finish(),
        };
        WriteText(folder, HistoryFolder.Recipe, HistoryRecipe.Text);
        WriteText(folder, HistoryFolder.Readme, HistoryReadme.Of(summary));
        WriteText(folder, HistoryFolder.Manifest, JsonSerializer.Serialize(summary, ConsoleHost.JsonOptions) + "\n");
        return summary;
    }

    private static void WriteText(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path + CsvFile.Unfinished, text.ReplaceLineEndings("\n"));
        File.Move(path + CsvFile.Unfinished, path, overwrite: true);
    }
}
