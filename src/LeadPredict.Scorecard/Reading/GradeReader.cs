using LeadPredict.Scorecard.Conditions;
using LeadPredict.Scorecard.Rules;

namespace LeadPredict.Scorecard.Reading;

/// <summary>Reads where the grades begin.</summary>
internal sealed class GradeReader(ValueReader values)
{
    private static readonly string[] Letters = ["A", "B", "C"];
    private static readonly string[] Digits = ["1", "2", "3"];

    /// <summary>The bands; after a fault they are of no use.</summary>
    public GradeBands Read(YamlNode? node)
    {
        MappingReader? block = values.Block(node, "grades");
        IReadOnlyList<double> fit = Starts(block?.Require("fit", "{A: points, B: points, C: points}"), "fit", Letters);
        IReadOnlyList<double> engagement = Starts(block?.Require("engagement", "{1: points, 2: points, 3: points}"), "engagement", Digits);
        block?.RefuseOthers();
        return new(fit, engagement);
    }

    private double[] Starts(YamlNode? node, string what, string[] bands)
    {
        double[] starts = new double[bands.Length];
        if (values.Block(node, $"the grades of {what}") is not { } block)
        {
            return starts;
        }

        double above = double.PositiveInfinity;
        for (int i = 0; i < bands.Length; i++)
        {
            YamlNode? start = block.Require(bands[i], "the points from which it starts");
            if (values.Points(start, $"the start of {bands[i]}") is not { } points)
            {
                continue;
            }

            if (points >= above)
            {
                values.Faults.Add(start!, $"{bands[i]} from {Numbers.Write(points)} points, {bands[i - 1]} from {Numbers.Write(above)}",
                    $"{bands[i]} to start below {bands[i - 1]}");
            }

            starts[i] = above = points;
        }

        block.RefuseOthers();
        return starts;
    }
}
