using System.Globalization;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Import.Rows;
using LeadPredict.Training.Import.Running;

namespace LeadPredict.Training.Import;

/// <summary>Tells people what an import did.</summary>
internal static class ImportView
{
    private const int MostAnomalies = 5;

    /// <summary>What is worth a look, to the messages.</summary>
    public static void Messages(ConsoleHost host, ImportReport report, RejectsLog log)
    {
        foreach (Reject reject in log.First)
        {
            string column = reject.Column.Length > 0 ? $", column '{reject.Column}'" : "";
            host.Error.WriteLine($"rejected: {reject.File}, line {reject.Line}{column}: '{reject.Value}' {reject.Reason}");
        }

        if (log.Count > log.First.Count)
        {
            host.Error.WriteLine($"and {Number(log.Count - log.First.Count)} more; --rejects FILE writes them all");
        }

        foreach (Anomaly anomaly in report.Anomalies.First.Take(MostAnomalies))
        {
            host.Error.WriteLine($"kept, but look at it: lead '{anomaly.LeadId}': {anomaly.What}");
        }

        if (report.Anomalies.Count > MostAnomalies)
        {
            host.Error.WriteLine($"and {Number(report.Anomalies.Count - MostAnomalies)} more; --json lists the first hundred");
        }

        foreach (string note in report.Notes)
        {
            host.Error.WriteLine(note);
        }
    }

    /// <summary>The counts, to the results.</summary>
    public static void Results(TextWriter results, ImportReport report)
    {
        results.WriteLine(report.DryRun
            ? $"Dry run by {report.Recipe}: nothing was written."
            : $"Imported into {report.Store} by {report.Recipe}.");

        // A recipe may go through a file more than once, for its leads first.
        foreach (IGrouping<string, FileReport> file in report.Files.GroupBy(file => file.File, StringComparer.Ordinal))
        {
            results.WriteLine($"  {file.Key,-28} {Number(file.Max(read => read.Records)),12} records {Number(file.Sum(read => read.RejectedRecords)),10} rejected");
        }

        foreach ((string kind, AppendCount count) in report.Rows.Kinds().Where(entry => entry.Count != default))
        {
            string orphaned = count.Orphaned > 0 ? $" {Number(count.Orphaned),10} of unknown leads" : "";
            string forgotten = count.Forgotten > 0 ? $" {Number(count.Forgotten),10} of people who were forgotten" : "";
            results.WriteLine($"  {kind,-28} {Number(count.Added),12} added {Number(count.AlreadyKnown),12} already known{orphaned}{forgotten}");
        }

        results.WriteLine($"  {Number(report.Rejects)} values or records rejected, {Number(report.Anomalies.Count)} rows kept that contradict others or lie ahead.");
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
