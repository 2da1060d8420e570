using System.CommandLine;
using LeadPredict.Learning.Calibration;
using LeadPredict.Learning.Training;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Train;

/// <summary>The options of the learner; what is not said keeps the learner's own default.</summary>
internal sealed class LearnerOptions
{
    private readonly Option<string?> _learner = new("--learner") { Description = "stack (default), trees or logistic." };
    private readonly Option<int?> _trees = new("--trees") { Description = "Exactly so many trees. Default: found by early stopping." };
    private readonly Option<int?> _leaves = new("--leaves") { Description = "The most leaves a tree has." };
    private readonly Option<double?> _learningRate = new("--learning-rate") { Description = "How much of each tree counts." };
    private readonly Option<CalibrationMethod?> _calibration = new("--calibration") { Description = "auto (default), none, sigmoid, beta or isotonic." };
    private readonly Option<int> _seed = SharedOptions.Seed();

    public void AddTo(Command command)
    {
        command.Add(_learner);
        command.Add(_trees);
        command.Add(_leaves);
        command.Add(_learningRate);
        command.Add(_calibration);
        command.Add(_seed);
    }

    public TrainerOptions Read(ParseResult parsed)
    {
        var options = new TrainerOptions { Seed = parsed.GetValue(_seed) };
        options = parsed.GetValue(_learner) is { } learner ? options with { Learner = learner } : options;
        options = parsed.GetValue(_trees) is { } trees ? options with { Trees = trees } : options;
        options = parsed.GetValue(_leaves) is { } leaves ? options with { Leaves = leaves } : options;
        options = parsed.GetValue(_learningRate) is { } rate ? options with { LearningRate = rate } : options;
        options = parsed.GetValue(_calibration) is { } calibration ? options with { Calibration = calibration } : options;
        try
        {
            options.Check();
        }
        catch (ArgumentException fault)
        {
            throw new RefusalException(fault.Message, fault);
        }

        return options;
    }
}
