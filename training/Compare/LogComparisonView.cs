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
                model = new { name = result.Model, version = result.Version },
                logged = result.Logged,
                undecided = result.Undecided,
                verdict = result.Comparison.Verdict,
                sql = result.Comparison.Sql,
                close = result.Comparison.Close,
                bothGave = result.Beside?.BothGave,
                champion = result.Beside?.Champion,
                againstChampion = result.Beside?.Against,
            });
            return;
        }

        if (result.Beside is { } beside)
        {
            host.Out.WriteLine($"Champion and challenger both scored the same lead at the same instant {beside.BothGave} times; both are judged on those scores alone, of each episode by the first.");
            host.Out.WriteLine();
            ComparisonTable.Print(host, $"{result.Model}, as its challenger said", result.Comparison);
            host.Out.WriteLine();
            ComparisonTable.Print(host, $"{result.Model}, as its champion answered", beside.Champion);
            host.Out.WriteLine();
            ComparisonTable.PrintAgainst(host, result.Model, result.Comparison, beside);
        }
        else
        {
            ComparisonTable.Print(host, $"{result.Model}, as it answered", result.Comparison);
        }

        host.Error.WriteLine($"{result.Logged} logged scores{(result.Beside is null ? "" : " of the challenger")}; not decided yet are the first scores of an episode: {result.Undecided}");
    }
}
