namespace LeadPredict.Learning.Models;

/// <summary>
/// The way to every leaf of an ensemble, column by column: what exact reasons are worked out from, without walking. Trees with more questions
/// than fit 64 bits, or with more different columns on one path than <see cref="PathShap"/> has room for, are left out.
/// </summary>
/// <remarks>Immutable and safe to use from many threads.</remarks>
internal sealed class LeafPaths
{
    /// <summary>A tree's answers to all questions are bits of one number.</summary>
    public const int MostQuestions = 64;

    private LeafPaths(PathTree[] trees, PathLeaf[] leaves, PathStep[] steps)
    {
        Trees = trees;
        Leaves = leaves;
        Steps = steps;
    }

    /// <summary>One a tree of the ensemble.</summary>
    public PathTree[] Trees { get; }

    /// <summary>Those of a tree lie together.</summary>
    public PathLeaf[] Leaves { get; }

    /// <summary>Those of a leaf lie together.</summary>
    public PathStep[] Steps { get; }

    /// <summary>Works out all paths.</summary>
    public static LeafPaths Of(TreeArrays arrays)
    {
        var builder = new Builder(arrays);
        return new(
            [.. Enumerable.Range(0, arrays.TreeStarts.Length - 1).Select(builder.Add)], [.. builder.Leaves], [.. builder.Steps]);
    }

    private sealed class Builder(TreeArrays arrays)
    {
        private readonly List<PathStep> _path = [];
        private readonly List<(double Value, PathStep[] Steps)> _leaves = [];

        public List<PathLeaf> Leaves { get; } = [];

        public List<PathStep> Steps { get; } = [];

        public PathTree Add(int tree)
        {
            int[] questions = [.. Enumerable.Range(arrays.TreeStarts[tree], arrays.TreeStarts[tree + 1] - arrays.TreeStarts[tree])
                .Where(node => arrays.Feature[node] >= 0)];
            int first = Leaves.Count;
            _leaves.Clear();
            if (questions.Length <= MostQuestions)
            {
                Visit(arrays.TreeStarts[tree], questions);
            }

            if (_leaves.Count == 0 || _leaves.Exists(leaf => leaf.Steps.Length > PathShap.MostSteps))
            {
                return new PathTree(null, first, first, first);
            }

            AddLeaves(_leaves.FindAll(leaf => leaf.Steps.Length <= PathShap.FewSteps));
            int firstLong = Leaves.Count;
            AddLeaves(_leaves.FindAll(leaf => leaf.Steps.Length > PathShap.FewSteps));
            return new PathTree(questions, first, firstLong, Leaves.Count);
        }

        private void AddLeaves(List<(double Value, PathStep[] Steps)> leaves)
        {
            ReadOnlySpan<PathStep> before = [];
            foreach ((double value, PathStep[] steps) in leaves)
            {
                Leaves.Add(new PathLeaf(value, Steps.Count, steps.Length, before.CommonPrefixLength(steps)));
                Steps.AddRange(steps);
                before = steps;
            }
        }

        private void Visit(int node, int[] questions)
        {
            if (arrays.Feature[node] < 0)
            {
                _leaves.Add((arrays.Value[node], [.. _path]));
                return;
            }

            ulong bit = 1ul << Array.BinarySearch(questions, node);
            double left = TreeMeans.ShareLeft(arrays, node);
            Follow(arrays.Left[node], arrays.Feature[node], bit, bit, left, questions);
            Follow(arrays.Right[node], arrays.Feature[node], bit, 0, 1 - left, questions);
        }

        private void Follow(int child, int column, ulong question, ulong answer, double share, int[] questions)
        {
            int place = _path.FindIndex(step => step.Column == column);
            if (place < 0)
            {
                _path.Add(new PathStep(question, answer, share, column));
                Visit(child, questions);
                _path.RemoveAt(_path.Count - 1);
                return;
            }

            PathStep before = _path[place];
            _path[place] = new PathStep(before.Questions | question, before.Answers | answer, before.Share * share, column);
            Visit(child, questions);
            _path[place] = before;
        }
    }
}

/// <summary>A tree's part of <see cref="LeafPaths"/>.</summary>
/// <param name="Questions">The nodes that ask, bit by bit; null for a tree that is left out.</param>
/// <param name="FirstLeaf">The first of its leaves with at most <see cref="PathShap.FewSteps"/> steps.</param>
/// <param name="FirstLong">The first of its leaves with more.</param>
/// <param name="EndLeaf">The first leaf of the next tree.</param>
internal sealed record PathTree(int[]? Questions, int FirstLeaf, int FirstLong, int EndLeaf);

/// <summary>A leaf's part of <see cref="LeafPaths"/>.</summary>
/// <param name="Value">What it adds, in log-odds.</param>
/// <param name="FirstStep">The first of its steps.</param>
/// <param name="Count">How many different columns its path asks about.</param>
/// <param name="Shared">How many of its steps, from the first on, are those of the leaf before it, which is of the same tree and as long or short.</param>
internal readonly record struct PathLeaf(double Value, int FirstStep, int Count, int Shared);

/// <summary>All that a path asks of one column.</summary>
/// <param name="Questions">The questions, as bits.</param>
/// <param name="Answers">Those of them that have to go left; the others have to go right.</param>
/// <param name="Share">The share of the training rows that goes that way at all of them.</param>
/// <param name="Column">The column.</param>
internal readonly record struct PathStep(ulong Questions, ulong Answers, double Share, int Column);
