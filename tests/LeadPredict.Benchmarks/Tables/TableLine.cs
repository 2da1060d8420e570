using System.Globalization;

namespace LeadPredict.Benchmarks.Tables;

/// <summary>A table's figures.</summary>
internal sealed record TableLine(string Table, ScoredTable Scored, TablePeers? Peers)
{
    /// <summary>The ECE that is good enough whatever a peer has.</summary>
    private const double GoodEce = 0.03;

    private readonly double _logLoss = Scored.LogLoss;
    private readonly double _ece = Scored.Ece;

    /// <summary>Above 0 where the peer is better; null without one.</summary>
    public double? Gap => _logLoss - Peers?.LogLoss;

    private double EceGoal => Math.Max(GoodEce, Peers?.Ece ?? 0);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Table,-24} {_logLoss,8:F4}  {Peers?.LogLoss,9:F4}  {Gap,7:+0.0000;-0.0000}  {_ece,7:F4}  {EceGoal:F3}  {Scored.EceOfChance:F3}  {Scored.Slope,5:F2}  {100 * Scored.Held,4:F0} %  {Scored.Width:F3}  {Peers?.Peer}");

    /// <summary>What all tables came to.</summary>
    public static void Sum(IReadOnlyCollection<TableLine> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        foreach (IGrouping<string, TableLine> kind in lines.GroupBy(line => line.Table[..Math.Max(0, line.Table.LastIndexOf('-'))])
            .Where(kind => kind.Key.Length > 0 && kind.Count() > 2))
        {
            Print($"{kind.Key}, {kind.Count()} draws", [.. kind]);
        }

        Print($"all {lines.Count}", lines);
    }

    private static void Print(string name, IReadOnlyCollection<TableLine> lines)
    {
        TableLine[] compared = [.. lines.Where(line => line.Gap is not null)];
        string behind = compared.Length == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $", behind the best peer on {compared.Count(line => line.Gap > 0)} by {compared.Sum(line => Math.Max(0, line.Gap!.Value / line.Peers!.LogLoss)):F2} of its log loss in all, mean gap {compared.Average(line => line.Gap!.Value):+0.0000;-0.0000}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: log loss {lines.Average(line => line._logLoss):F5}{behind}, ECE {lines.Average(line => line._ece):F4}, over its goal on {lines.Count(line => line._ece > line.EceGoal)}, by chance {lines.Average(line => line.Scored.EceOfChance):F4}, slope {lines.Average(line => line.Scored.Slope):F3}, groups held {100 * lines.Average(line => line.Scored.Held):F1} %, width {lines.Average(line => line.Scored.Width):F4}"));
    }
}
