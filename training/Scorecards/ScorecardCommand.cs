using System.CommandLine;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Scorecards;

/// <summary><c>leadpredict scorecard</c>: the rules, checked and explained.</summary>
internal static class ScorecardCommand
{
    public static Command Create(ConsoleHost host) => new("scorecard", "Checks a file of rules, or explains the rules and what they say of a lead.")
    {
        CheckCommand.Create(host),
        ExplainCommand.Create(host),
    };
}
