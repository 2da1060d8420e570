using System.Globalization;
using LeadPredict.Features.Sources;
using LeadPredict.Features.Words;

namespace LeadPredict.Training.Train.Tables;

/// <summary>How the cells of a column run from row to row when they are read as numbers, or as dates.</summary>
internal sealed class ColumnRun
{
    /// <summary>A column is one of numbers or dates, and runs one way, when such a share of it does.</summary>
    private const double Share = 0.99;

    /// <summary>Fewer steps one way may be chance.</summary>
    private const int LeastSteps = 20;

    private readonly Reading[] _readings = [new(Number), new(text => Date(text, DateOrder.DayFirst)), new(text => Date(text, DateOrder.MonthFirst))];

    /// <summary>Rows with a cell that says something.</summary>
    public int Present { get; private set; }

    /// <summary>The way to read nearly all cells; of several the one that runs most one way. Null where there is none.</summary>
    public Reading? Best => _readings.Where(reading => Present > 0 && reading.Read >= Share * Present).MaxBy(reading => (reading.Read, Math.Abs(reading.Rises - reading.Falls)));

    /// <summary>Whether the column is one of dates.</summary>
    public bool IsOfDates => Best is { } best && best != _readings[0];

    /// <summary>Whether it falls from row to row.</summary>
    public bool IsFalling => Best is { } best && Runs(best.Falls, best.Rises);

    /// <summary>Whether it rises from row to row.</summary>
    public bool IsRising => Best is { } best && Runs(best.Rises, best.Falls);

    /// <summary>Adds the next row's cell.</summary>
    public void Observe(string? cell)
    {
        if (Meant(cell) is { } text)
        {
            Present++;
            Array.ForEach(_readings, reading => reading.Observe(text));
        }
    }

    /// <summary>What stands in a cell; null where it means that nothing is known.</summary>
    public static string? Meant(string? cell) => cell?.Trim() is { Length: > 0 } text && !MissingWords.Usual.Contains(text) ? text : null;

    private static bool Runs(int steps, int others) => steps >= LeastSteps && steps >= Share * (steps + others);

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;

    private static double Date(string text, DateOrder order) => DateText.TryParse(text, order, out double days) ? days : double.NaN;

    /// <summary>One way to read the cells.</summary>
    internal sealed class Reading(Func<string, double> read)
    {
        private double _last = double.NaN;

        /// <summary>Cells that can be read so.</summary>
        public int Read { get; private set; }

        /// <summary>How often a cell said more than the last before it.</summary>
        public int Rises { get; private set; }

        /// <summary>How often it said less.</summary>
        public int Falls { get; private set; }

        /// <summary>What the cell says, or NaN.</summary>
        public double Of(string text) => read(text);

        internal void Observe(string text)
        {
            double value = read(text);
            if (!double.IsFinite(value))
            {
                return;
            }

            Read++;
            Rises += value > _last ? 1 : 0;
            Falls += value < _last ? 1 : 0;
            _last = value;
        }
    }
}
