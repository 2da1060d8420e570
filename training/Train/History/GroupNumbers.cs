using LeadPredict.Funnel.Examples;
using LeadPredict.Funnel.Labels;

namespace LeadPredict.Training.Train.History;

/// <summary>Numbers the accounts of examples that are joined into rows.</summary>
internal static class GroupNumbers
{
    /// <summary>The number of each example's account: from 0, in the order in which the sides come to them, one side after the other; -1 where none does.</summary>
    /// <param name="examples">Those of an account one after another.</param>
    /// <param name="sides">Which examples are joined, by their places; censored ones never are.</param>
    public static int[] Of(TrainingExample[] examples, IReadOnlyList<Predicate<int>> sides)
    {
        int[] accounts = Accounts(examples);
        var numbers = new int[examples.Length == 0 ? 0 : accounts[^1] + 1];
        Array.Fill(numbers, -1);
        int given = 0;
        foreach (Predicate<int> chosen in sides)
        {
            for (int i = 0; i < examples.Length; i++)
            {
                if (numbers[accounts[i]] < 0 && examples[i].Label != Label.Censored && chosen(i))
                {
                    numbers[accounts[i]] = given++;
                }
            }
        }

        for (int i = 0; i < accounts.Length; i++)
        {
            accounts[i] = numbers[accounts[i]];
        }

        return accounts;
    }

    /// <summary>Which account each example is of, the first being 0.</summary>
    private static int[] Accounts(TrainingExample[] examples)
    {
        var accounts = new int[examples.Length];
        for (int i = 1; i < examples.Length; i++)
        {
            accounts[i] = accounts[i - 1] + (examples[i].GroupKey == examples[i - 1].GroupKey ? 0 : 1);
        }

        return accounts;
    }
}
