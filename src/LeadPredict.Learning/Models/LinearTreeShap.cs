using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadPredict.Learning.Models;

/// <summary>
/// The Shapley values of <see cref="TreeShap"/> with a few multiplications a node: down the tree the products of the factors, up the tree the
/// sums over the leaves (Yu et al., "Linear TreeShap", 2022), four points of the quadrature at once, all factors from <see cref="ShapTables"/>.
/// </summary>
internal static class LinearTreeShap
{
    /// <summary>Adds the weighted contributions of all trees; the part that belongs to no feature is <c>weight * trees.Mean</c>.</summary>
    public static void Add(TreeEnsemble trees, ReadOnlySpan<float> row, double weight, Span<double> contributions)
    {
        ShapTables tables = trees.ShapTables;
        Vector256<double>[] rented = ArrayPool<Vector256<double>>.Shared.Rent(row.Length);
        Span<Vector256<double>> sums = rented.AsSpan(0, row.Length);
        sums.Clear();
        Span<int> taken = stackalloc int[ShapTables.MostQuestions];
        for (int tree = 0; tree < tables.Trees.Length; tree++)
        {
            ShapTree of = tables.Trees[tree];
            if (of.Passes == 0)
            {
                TreeShap.Add(trees, tree, row, weight, contributions);
                continue;
            }

            ReadOnlySpan<ShapQuestion> questions = tables.Questions.AsSpan(of.FirstQuestion, of.Questions);
            Take(trees, questions, row, taken);
            for (int pass = 0; pass < of.Passes; pass++)
            {
                AddPoints(questions, tables.Blocks.Span.Slice(of.FirstBlock + (pass * of.BlocksOfPass), of.BlocksOfPass), taken, sums);
            }
        }

        for (int column = 0; column < sums.Length; column++)
        {
            contributions[column] += weight * Vector256.Sum(sums[column]);
        }

        ArrayPool<Vector256<double>>.Shared.Return(rented);
    }

    /// <summary>Finds the block of each question that is this row's.</summary>
    private static void Take(TreeEnsemble trees, ReadOnlySpan<ShapQuestion> questions, ReadOnlySpan<float> row, Span<int> taken)
    {
        ulong answers = 0;
        for (int i = 0; i < questions.Length; i++)
        {
            ref readonly ShapQuestion question = ref questions[i];
            float value = row[question.Column];
            int left = AsNumber(
                float.IsNaN(value + question.Threshold) ? trees.GoesLeft(question.Node, row) : value < question.Threshold);
            answers |= (ulong)left << i;

            // Without a branch: half of the guesses would be wrong.
            int gone = AsNumber(((answers ^ question.Answers) & question.Earlier) != 0);
            taken[i] = question.Block + (ShapTables.Block * (1 - left + (gone * (1 + left))));
        }
    }

    /// <summary>Adds what four points of the quadrature give.</summary>
    [SkipLocalsInit]
    private static void AddPoints(
        ReadOnlySpan<ShapQuestion> questions, ReadOnlySpan<double> blocks, ReadOnlySpan<int> taken, Span<Vector256<double>> sums)
    {
        // By node of the tree: first the product of the factors down to it, then the sum over its leaves of value times product.
        Span<Vector256<double>> nodes = stackalloc Vector256<double>[(2 * ShapTables.MostQuestions) + 1];
        ref Vector256<double> node = ref MemoryMarshal.GetReference(nodes);
        ref double first = ref MemoryMarshal.GetReference(blocks);
        ref Vector256<double> sum = ref MemoryMarshal.GetReference(sums);
        node = Vector256<double>.One;
        for (int i = 0; i < questions.Length; i++)
        {
            ref readonly ShapQuestion question = ref questions[i];
            nuint block = (nuint)taken[i];
            Vector256<double> product = Unsafe.Add(ref node, question.Place);
            Unsafe.Add(ref node, question.Left) = product * Vector256.LoadUnsafe(ref first, block);
            Unsafe.Add(ref node, question.Right) = product * Vector256.LoadUnsafe(ref first, block + (2 * ShapTables.Points));
        }

        for (int i = questions.Length - 1; i >= 0; i--)
        {
            ref readonly ShapQuestion question = ref questions[i];
            nuint block = (nuint)taken[i];
            Vector256<double> left = Unsafe.Add(ref node, question.Left);
            Vector256<double> right = Unsafe.Add(ref node, question.Right);
            Unsafe.Add(ref sum, question.Column) +=
                (left * Vector256.LoadUnsafe(ref first, block + ShapTables.Points))
                + (right * Vector256.LoadUnsafe(ref first, block + (3 * ShapTables.Points)));
            Unsafe.Add(ref node, question.Place) = left + right;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AsNumber(bool condition) => Unsafe.BitCast<bool, byte>(condition);
}
