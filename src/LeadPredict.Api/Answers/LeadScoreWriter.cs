using System.Buffers;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Api.Answers;

/// <summary>Writes a score as the service answers it. The console writes its lines with it too: the same score is the same bytes.</summary>
public static class LeadScoreWriter
{
    /// <summary>Appends one JSON object in UTF-8 without line breaks.</summary>
    public static void Write(IBufferWriter<byte> output, LeadScore score)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(score);
        ScoreJson.Write(output, score);
    }

    /// <summary>The same from the score's numbers: the same bytes, in a fraction of the time.</summary>
    public static void Write(IBufferWriter<byte> output, ScoreSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(sheet);
        SheetJson.Write(output, sheet);
    }

    /// <summary>One JSON object in UTF-8 without line breaks.</summary>
    public static byte[] Write(LeadScore score)
    {
        var output = new ArrayBufferWriter<byte>(8 * 1024);
        Write(output, score);
        return output.WrittenSpan.ToArray();
    }
}
