using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadPredict.Learning.Models;

/// <summary>
/// The Shapley values of <see cref="TreeShap"/> leaf by leaf instead of edge by edge: four points of the quadrature at once, and products from
/// the front and from the back in place of divisions.
/// </summary>
/// <remarks>
/// A leaf of value v whose path asks about columns j, each with the share z of training rows that follow and o = 1 when this row does, gives
/// column i <c>v (o_i - z_i) ∫ Π_{j≠i} (t o_j + (1 - t) z_j) dt</c>. With n columns that is a polynomial of degree n - 1: four points are exact
/// up to eight columns, eight up to sixteen.
/// </remarks>
internal static class PathShap
{
    /// <summary>Longer paths would need more points.</summary>
    public const int MostSteps = 16;

    private const int FewSteps = 8;
    private static readonly (Vector256<double> Points, Vector256<double> Weights)[] Few = Blocks(GaussLegendre.WithPoints(4));
    private static readonly (Vector256<double> Points, Vector256<double> Weights)[] Many = Blocks(GaussLegendre.WithPoints(8));

    /// <summary>Adds the weighted contributions of all trees; the part that belongs to no feature is <c>weight * trees.Mean</c>.</summary>
    public static void Add(TreeEnsemble trees, ReadOnlySpan<float> row, double weight, Span<double> contributions)
    {
        LeafPaths paths = trees.Paths;
        Vector256<double>[] rented = ArrayPool<Vector256<double>>.Shared.Rent(row.Length);
        Span<Vector256<double>> sums = rented.AsSpan(0, row.Length);
        sums.Clear();
        for (int tree = 0; tree < paths.Trees.Length; tree++)
        {
            if (paths.Trees[tree].Questions is { } questions)
            {
                AddTree(paths, paths.Trees[tree], Answers(trees, questions, row), sums);
            }
            else
            {
                TreeShap.Add(trees, tree, row, weight, contributions);
            }
        }

        for (int column = 0; column < sums.Length; column++)
        {
            contributions[column] += weight * Vector256.Sum(sums[column]);
        }

        ArrayPool<Vector256<double>>.Shared.Return(rented);
    }

    /// <summary>Which questions the row answers by going left.</summary>
    private static ulong Answers(TreeEnsemble trees, int[] questions, ReadOnlySpan<float> row)
    {
        ulong answers = 0;
        for (int i = 0; i < questions.Length; i++)
        {
            answers |= (trees.GoesLeft(questions[i], row) ? 1ul : 0) << i;
        }

        return answers;
    }

    private static void AddTree(LeafPaths paths, PathTree tree, ulong answers, Span<Vector256<double>> sums)
    {
        foreach ((Vector256<double> points, Vector256<double> weights) in tree.Longest <= FewSteps ? Few : Many)
        {
            AddTree(paths, tree, answers, points, weights, sums);
        }
    }

    /// <summary>Adds what four points of the quadrature give.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTree(
        LeafPaths paths, PathTree tree, ulong answers, Vector256<double> t, Vector256<double> weights, Span<Vector256<double>> sums)
    {
        Span<Vector256<double>> factors = stackalloc Vector256<double>[MostSteps];
        Span<Vector256<double>> before = stackalloc Vector256<double>[MostSteps + 1];
        Span<double> gaps = stackalloc double[MostSteps];
        ref Vector256<double> sum = ref MemoryMarshal.GetReference(sums);
        ref Vector256<double> factor = ref MemoryMarshal.GetReference(factors);
        ref Vector256<double> product = ref MemoryMarshal.GetReference(before);
        ref double gap = ref MemoryMarshal.GetReference(gaps);
        Vector256<double> rest = Vector256<double>.One - t;
        product = weights;
        for (int index = tree.FirstLeaf; index < tree.EndLeaf; index++)
        {
            PathLeaf leaf = paths.Leaves[index];
            ReadOnlySpan<PathStep> steps = paths.Steps.AsSpan(leaf.FirstStep, leaf.Count);
            for (int i = leaf.Shared; i < steps.Length; i++)
            {
                double one = Follows(steps[i], answers);
                Unsafe.Add(ref gap, i) = one - steps[i].Share;
                Unsafe.Add(ref factor, i) = (t * one) + (rest * steps[i].Share);
                Unsafe.Add(ref product, i + 1) = Unsafe.Add(ref product, i) * Unsafe.Add(ref factor, i);
            }

            Vector256<double> after = Vector256.Create(leaf.Value);
            for (int i = steps.Length - 1; i >= 0; i--)
            {
                Unsafe.Add(ref sum, steps[i].Column) += Unsafe.Add(ref product, i) * after * Unsafe.Add(ref gap, i);
                after *= Unsafe.Add(ref factor, i);
            }
        }
    }

    /// <summary>1 or 0, without a branch: half of the guesses would be wrong.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Follows(in PathStep step, ulong answers)
    {
        bool follows = ((answers ^ step.Answers) & step.Questions) == 0;
        return Unsafe.BitCast<bool, byte>(follows);
    }

    private static (Vector256<double> Points, Vector256<double> Weights)[] Blocks(GaussLegendre rule) =>
        [.. rule.Points.Chunk(Vector256<double>.Count).Zip(
            rule.Weights.Chunk(Vector256<double>.Count), (points, weights) => (Vector256.Create<double>(points), Vector256.Create<double>(weights)))];
}
