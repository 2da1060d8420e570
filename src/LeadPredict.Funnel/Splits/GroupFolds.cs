using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LeadPredict.Funnel.Splits;

/// <summary>Assigns groups (accounts) to folds and numbers, the same on every machine and in every order of rows.</summary>
public static class GroupFolds
{
    /// <summary>The fold of a group, <c>0 .. folds - 1</c>, by a hash of its key and the seed.</summary>
    /// <param name="groupKey">The group.</param>
    /// <param name="folds">At least 1.</param>
    /// <param name="seed">Another seed deals the groups anew.</param>
    public static int FoldOf(string groupKey, int folds, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(groupKey);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 1);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{groupKey}"));
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % (ulong)folds);
    }

    /// <summary>A number for each row's group, counting up from 0 in order of first appearance: the form in which the learner takes groups.</summary>
    public static int[] Number(IEnumerable<string> groupKeys)
    {
        ArgumentNullException.ThrowIfNull(groupKeys);
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        List<int> rows = [];
        foreach (string key in groupKeys)
        {
            if (!numbers.TryGetValue(key, out int number))
            {
                numbers.Add(key, number = numbers.Count);
            }

            rows.Add(number);
        }

        return [.. rows];
    }
}
