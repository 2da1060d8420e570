using System.Collections.Immutable;
using System.CommandLine;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Training;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train;

/// <summary>The options of the learner; what is not said keeps the learner's own default.</summary>
internal sealed class LearnerOptions
{
    private readonly Option<string?> _learner = new("--learner") { Description = "stack (default), trees or logistic." };
    private readonly Option<int?> _trees = new("--trees") { Description = "Exactly so many trees. Default: found out of fold." };
    private readonly Option<int?> _leaves = new("--leaves") { Description = "The most leaves a tree has." };
    private readonly Option<double?> _learningRate = new("--learning-rate") { Description = "How much of each tree counts." };
    private readonly Option<CalibrationMethod?> _calibration =
        ChoiceOptions.Choice<CalibrationMethod>("--calibration", "auto (default), none, sigmoid, beta or isotonic.");
    private readonly Option<string[]> _increasing = Columns("--increasing", "never lowers");
    private readonly Option<string[]> _decreasing = Columns("--decreasing", "never raises");
    private readonly Option<int> _seed = SharedOptions.Seed();

    public void AddTo(Command command)
    {
        command.Add(_learner);
        command.Add(_trees);
        command.Add(_leaves);
        command.Add(_learningRate);
        command.Add(_calibration);
        command.Add(_increasing);
        command.Add(_decreasing);
        command.Add(_seed);
    }

    /// <summary>What was asked for, checked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="columns">The table's columns, whose names may have commas; null where there is no table.</param>
    public TrainerOptions Read(ParseResult parsed, IReadOnlyList<string>? columns = null)
    {
        var options = new TrainerOptions { Seed = parsed.GetValue(_seed) };
        options = parsed.GetValue(_learner) is { } learner ? options with { Learner = learner } : options;
        options = parsed.GetValue(_trees) is { } trees ? options with { Trees = trees } : options;
        options = parsed.GetValue(_leaves) is { } leaves ? options with { Leaves = leaves } : options;
        options = parsed.GetValue(_learningRate) is { } rate ? options with { LearningRate = rate } : options;
        options = parsed.GetValue(_calibration) is { } calibration ? options with { Calibration = calibration } : options;
        options = options with { Monotone = Monotone(parsed, columns) };
        options.Check();
        if (options.Learner == "logistic")
        {
            parsed.RefuseIgnored("the logistic learner grows no trees. Leave it out, or choose --learner trees or stack.", _trees, _leaves, _learningRate);
        }

        return options;
    }

    /// <summary>The constraints in words, for the card; empty when there are none.</summary>
    public static IEnumerable<(string Name, string Value)> Describe(TrainerOptions options) =>
        options.Monotone.Select(column => ("monotone", $"{column.Key} {(column.Value == MonotoneDirection.Increasing ? "never lowers" : "never raises")} the score"));

    /// <summary>How a calibration came about, for the card.</summary>
    public static string Calibration(TrainerOptions options, CalibrationMethod method) =>
        $"{method}, {(options.Calibration == CalibrationMethod.Auto ? "chosen out of fold by log loss" : "as it was asked for")}";

    private static Option<string[]> Columns(string name, string does) => new(name)
    {
        Description = $"Numeric features whose growth {does} the score, whatever the rest says: names with commas between.",
        AllowMultipleArgumentsPerToken = true,
    };

    private ImmutableSortedDictionary<string, MonotoneDirection> Monotone(ParseResult parsed, IReadOnlyList<string>? columns)
    {
        string[] increasing = SharedOptions.Names(parsed.GetValue(_increasing), columns);
        string[] decreasing = SharedOptions.Names(parsed.GetValue(_decreasing), columns);
        if (increasing.Intersect(decreasing, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } both)
        {
            throw new RefusalException($"'{both}' stands in --increasing and in --decreasing; expected it in one of them. A feature without influence is left out with --drop.");
        }

        return increasing.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => KeyValuePair.Create(name, MonotoneDirection.Increasing))
            .Concat(decreasing.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => KeyValuePair.Create(name, MonotoneDirection.Decreasing)))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
