using System.Buffers;
using System.Globalization;
using System.Text;
using LeadPredict.Api.Answers;

namespace LeadPredict.Api.Tests.Writing;

public sealed class NumbersWrittenAgain
{
    [Fact]
    public void Doubles_ThatComeAgainAmongOthers_AreWrittenAsTheFrameworkWritesThem()
    {
        var random = new Random(3);
        double[] usual = [.. Enumerable.Range(0, 300).Select(i => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 13))), 0, -0.0, 1, 0.1, -0.1, 1e-300, double.MaxValue];
        for (int i = 0; i < 20_000; i++)
        {
            // Near ones of few are known from before, far ones take over their places.
            double number = usual[random.Next(random.Next(2) == 0 ? 20 : usual.Length)];
            Text(number).ShouldBe(number.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private static string Text(double number)
    {
        var output = new ArrayBufferWriter<byte>();
        var json = new JsonText(output);
        json.Number([], number);
        json.End();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
