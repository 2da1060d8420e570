namespace LeadPredict.Api.ScoreLog;

/// <summary>Scores that are written together, their answers one after the other in one piece of memory. For one thread at a time.</summary>
internal sealed class ScoreLogPage
{
    /// <summary>Bytes of answers that a page holds, some hundred answers.</summary>
    public const int Bytes = 128 * 1024;

    private readonly byte[] _answers = GC.AllocateUninitializedArray<byte>(Bytes);
    private readonly List<GivenScore> _scores = new(128);
    private int _filled;

    /// <summary>The scores in the order in which they were given.</summary>
    public IReadOnlyList<GivenScore> Scores => _scores;

    /// <summary>Adds a score with its answer; false when the answer has no room here. An empty page takes any answer.</summary>
    public bool TryAdd(GivenScore score, ReadOnlySpan<byte> answer)
    {
        if (answer.Length > _answers.Length - _filled)
        {
            if (_scores.Count > 0)
            {
                return false;
            }

            _scores.Add(score with { Row = score.Row with { AnswerUtf8 = answer.ToArray() } });
            return true;
        }

        Memory<byte> own = _answers.AsMemory(_filled, answer.Length);
        answer.CopyTo(own.Span);
        _filled += answer.Length;
        _scores.Add(score with { Row = score.Row with { AnswerUtf8 = own } });
        return true;
    }

    /// <summary>Forgets all, to be filled again. The rows that were here must not be looked at any more.</summary>
    public void Clear()
    {
        _scores.Clear();
        _filled = 0;
    }
}
