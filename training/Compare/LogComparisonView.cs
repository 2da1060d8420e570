using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Compare;

/// <summary>Prints what became of logged scores.</summary>
internal static class LogComparisonView
{
    public static void Print(ConsoleHost host, LogComparisonResult result, bool json)
    {
        if (json)
        {
            host.WriteJson(new
            {
                model = new { name = result.Model },
                logged = result.Logged,
                undecided = result.Undecided,
                verdict = result.Comparison.Verdict,
                sql = result.Comparison.Sql,
                close = result.Comparison.Close,
            });
            return;
        }

        ComparisonTable.Print(host, $"{result.Model}, as it answered", result.Comparison);
        host.Error.WriteLine($"{result.Logged} logged scores; {result.Undecided} first scores are not decided yet");
    }
}
