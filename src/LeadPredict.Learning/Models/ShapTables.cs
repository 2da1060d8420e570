using System.Runtime.InteropServices;
using LeadPredict.Learning.Tables;

namespace LeadPredict.Learning.Models;

/// <summary>
/// What <see cref="LinearTreeShap"/> multiplies with, worked out once for an ensemble. A row goes left or right at a question, or has already
/// gone another way at an earlier one about the same column: three possibilities at most, so all factors can be known ahead.
/// </summary>
/// <remarks>
/// On the way to a question its column has the share z of training rows that went the same way at the earlier questions about it, and o = 1 when
/// this row did too, 0 when not; both are 1 at first. Going on to a child changes the column's factor <c>F = t o + (1 - t) z</c> to F' and its
/// slope <c>D = (o - z) / F</c> to D'. A block holds for either child F' / F, times the value of a leaf, and D' - D times the weight of the
/// point t. With o = 0 the former is the share of the child alone and the latter 0. Nothing is divided by z, which may be 0.
/// Immutable and safe to use from many threads.
/// </remarks>
internal sealed class ShapTables
{
    /// <summary>A tree's answers to all questions are bits of one number.</summary>
    public const int MostQuestions = 64;

    /// <summary>Points of the quadrature that are worked on at once.</summary>
    public const int Points = 4;

    /// <summary>Numbers of a block: factor and slope of the left child, then of the right one, each for the points.</summary>
    public const int Block = 4 * Points;

    /// <summary>128 MB; trees for which there is no more room are left out.</summary>
    private const int MostNumbers = 1 << 24;

    private ShapTables(ShapTree[] trees, ShapQuestion[] questions, ReadOnlySpan<double> blocks)
    {
        Trees = trees;
        Questions = questions;
        Blocks = new AlignedArray<double>(blocks.Length);
        blocks.CopyTo(Blocks.Span);
    }

    /// <summary>One a tree of the ensemble.</summary>
    public ShapTree[] Trees { get; }

    /// <summary>Those of a tree lie together, each after the question that leads to it.</summary>
    public ShapQuestion[] Questions { get; }

    /// <summary>
    /// Tree by tree, four points by four points, question by question: a block for a row that goes left, one for a row that goes right, and
    /// where the path has asked about the column before, one for a row that has left it.
    /// </summary>
    public AlignedArray<double> Blocks { get; }

    /// <summary>Works out all tables.</summary>
    public static ShapTables Of(TreeArrays arrays)
    {
        var builder = new Builder(arrays);
        ShapTree[] trees = [.. Enumerable.Range(0, arrays.TreeStarts.Length - 1).Select(builder.Add)];
        return new(trees, [.. builder.Questions], CollectionsMarshal.AsSpan(builder.Blocks));
    }

    private sealed class Builder(TreeArrays arrays)
    {
        private readonly List<Way> _path = [];
        private int _root;
        private int _first;
        private int _blocks;
        private int _mostColumns;

        public List<ShapQuestion> Questions { get; } = [];

        public List<double> Blocks { get; } = [];

        public ShapTree Add(int tree)
        {
            _root = arrays.TreeStarts[tree];
            int questions = (arrays.TreeStarts[tree + 1] - _root) / 2;
            var of = new ShapTree(Questions.Count, questions, Blocks.Count, 0, 0);
            if (questions is 0 or > MostQuestions || Blocks.Count > MostNumbers)
            {
                return of;
            }

            (_first, _blocks, _mostColumns) = (Questions.Count, 0, 0);
            Visit(_root);

            // With n columns the integrand has degree n - 1, for which n / 2 points are exact.
            int passes = (_mostColumns + (2 * Points) - 1) / (2 * Points);
            var rule = GaussLegendre.WithPoints(passes * Points);
            for (int point = 0; point < rule.Points.Length; point += Points)
            {
                AddBlocks(rule, point);
            }

            return of with { Passes = passes, BlocksOfPass = _blocks * Block };
        }

        private void Visit(int node)
        {
            int column = arrays.Feature[node];
            int place = _path.FindIndex(way => way.Column == column);
            Way way = place < 0 ? new Way(column, 0, 0, 1) : _path[place];
            double left = TreeMeans.ShareLeft(arrays, node);
            ulong bit = 1ul << (Questions.Count - _first);
            Questions.Add(new ShapQuestion(
                way.Questions,
                way.Answers,
                column,
                arrays.CategoryStart[node] < 0 ? arrays.Threshold[node] : float.NaN,
                node,
                node - _root,
                arrays.Left[node] - _root,
                arrays.Right[node] - _root,
                _blocks * Block,
                way.Share));
            _blocks += place < 0 ? 2 : 3;
            Follow(arrays.Left[node], new Way(column, way.Questions | bit, way.Answers | bit, way.Share * left), place);
            Follow(arrays.Right[node], new Way(column, way.Questions | bit, way.Answers, way.Share * (1 - left)), place);
        }

        private void Follow(int child, Way way, int place)
        {
            Way before = way;
            if (place < 0)
            {
                _path.Add(way);
            }
            else
            {
                (before, _path[place]) = (_path[place], way);
            }

            if (arrays.Feature[child] >= 0)
            {
                Visit(child);
            }

            _mostColumns = Math.Max(_mostColumns, _path.Count);
            if (place < 0)
            {
                _path.RemoveAt(_path.Count - 1);
            }
            else
            {
                _path[place] = before;
            }
        }

        private void AddBlocks(GaussLegendre rule, int point)
        {
            for (int i = _first; i < Questions.Count; i++)
            {
                ShapQuestion question = Questions[i];
                (int left, int right) = (arrays.Left[question.Node], arrays.Right[question.Node]);
                double share = TreeMeans.ShareLeft(arrays, question.Node);
                foreach (bool goesLeft in (ReadOnlySpan<bool>)[true, false])
                {
                    AddChild(left, question.Share, share, goesLeft, rule, point);
                    AddChild(right, question.Share, 1 - share, !goesLeft, rule, point);
                }

                if (question.Earlier != 0)
                {
                    Add(left, share, 0);
                    Add(right, 1 - share, 0);
                }
            }
        }

        private void AddChild(int node, double before, double share, bool follows, GaussLegendre rule, int point)
        {
            Span<double> factors = stackalloc double[Points];
            Span<double> slopes = stackalloc double[Points];
            double z = before * share;
            for (int i = 0; i < Points; i++)
            {
                double t = rule.Points[point + i];
                double from = t + ((1 - t) * before);
                double to = ((follows ? 1 : 0) * t) + ((1 - t) * z);
                double slope = follows ? (1 - z) / to : -1 / (1 - t);
                factors[i] = Value(node) * to / from;
                slopes[i] = rule.Weights[point + i] * (slope - ((1 - before) / from));
            }

            Blocks.AddRange(factors);
            Blocks.AddRange(slopes);
        }

        private void Add(int node, double factor, double slope)
        {
            for (int i = 0; i < 2 * Points; i++)
            {
                Blocks.Add(i < Points ? Value(node) * factor : slope);
            }
        }

        /// <summary>The value of a leaf; of a question 1, as its leaves have theirs.</summary>
        private double Value(int node) => arrays.Feature[node] < 0 ? arrays.Value[node] : 1;

        /// <summary>What the path has asked of one column: the questions, those of them that lead left, and the share of rows that goes this way.</summary>
        private readonly record struct Way(int Column, ulong Questions, ulong Answers, double Share);
    }
}

/// <summary>A tree's part of <see cref="ShapTables"/>.</summary>
/// <param name="FirstQuestion">The first of its questions.</param>
/// <param name="Questions">How many it has.</param>
/// <param name="FirstBlock">The first number of its blocks.</param>
/// <param name="Passes">How many times four points it takes; 0 for a tree without questions, or one that is left out.</param>
/// <param name="BlocksOfPass">How many numbers its blocks have for four points.</param>
internal readonly record struct ShapTree(int FirstQuestion, int Questions, int FirstBlock, int Passes, int BlocksOfPass);

/// <summary>A question's part of <see cref="ShapTables"/>.</summary>
/// <param name="Earlier">The questions on the way to it that ask about the same column, as bits.</param>
/// <param name="Answers">Those of them that the way leaves by going left.</param>
/// <param name="Column">The column.</param>
/// <param name="Threshold">Of a number; NaN for a category.</param>
/// <param name="Node">Its node in the ensemble.</param>
/// <param name="Place">Its node in the tree.</param>
/// <param name="Left">The node of the left child in the tree.</param>
/// <param name="Right">The node of the right child in the tree.</param>
/// <param name="Block">The first number of its blocks, from the first of the tree's four points on.</param>
/// <param name="Share">The share of training rows that came this way at the earlier questions.</param>
internal readonly record struct ShapQuestion(
    ulong Earlier, ulong Answers, int Column, float Threshold, int Node, int Place, int Left, int Right, int Block, double Share);
