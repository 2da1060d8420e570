namespace LeadPredict.Api.Pages.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What people read.</param>
/// <param name="Kind">How it is drawn: <c>model</c>, <c>rules</c>, <c>both</c> or <c>chance</c>; colour and dashes go together.</param>
/// <param name="Xs">Rising.</param>
/// <param name="Ys">As many.</param>
public sealed record ChartSeries(string Name, string Kind, IReadOnlyList<double> Xs, IReadOnlyList<double> Ys);

/// <summary>An axis from 0 with round ticks.</summary>
/// <param name="Most">Its end.</param>
/// <param name="Ticks">Rising, from 0.</param>
public sealed record ChartScale(double Most, IReadOnlyList<double> Ticks)
{
    /// <summary>An axis that reaches a value: exactly, or up to the next tick.</summary>
    public static ChartScale To(double value, bool exact)
    {
        value = value > 0 && double.IsFinite(value) ? value : 1;
        double raw = value / 4;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * ((raw / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 });
        int count = (int)Math.Floor((value / step) + 1e-9);
        double most = exact ? value : Math.Ceiling((value / step) - 1e-9) * step;
        return new(most, [.. Enumerable.Range(0, (exact ? count : (int)Math.Round(most / step)) + 1).Select(i => i * step)]);
    }
}
