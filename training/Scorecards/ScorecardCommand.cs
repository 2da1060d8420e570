using System.CommandLine;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Scorecards;

/// <summary><c>leadpredict scorecard</c>: the rules, checked, explained and learned.</summary>
internal static class ScorecardCommand
{
    public static Command Create(ConsoleHost host) => new("scorecard", "Checks a file of rules, explains the rules and what they say of a lead, or learns a card.")
    {
        CheckCommand.Create(host),
        ExplainCommand.Create(host),
        LearnCommand.Create(host),
    };
}
