using LeadPredict.Artifacts.Repository;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Models;

/// <summary>What is printed after aliases moved.</summary>
internal static class AliasesAnswer
{
    public static void Print(ConsoleHost host, string name, ModelAliases aliases, bool json)
    {
        if (json)
        {
            host.WriteJson(new { model = name, champion = aliases.Champion, challenger = aliases.Challenger, previousChampions = aliases.PreviousChampions });
            return;
        }

        host.Out.WriteLine($"{name}: champion {Shown(aliases.Champion)}, challenger {Shown(aliases.Challenger)}");
    }

    private static string Shown(int? version) => version is { } known ? FormattableString.Invariant($"version {known}") : "none";
}
