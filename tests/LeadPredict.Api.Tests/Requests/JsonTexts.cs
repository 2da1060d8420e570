using System.Buffers;
using System.Text;
using System.Text.Json;
using LeadPredict.Api.Answers;

namespace LeadPredict.Api.Tests.Requests;

/// <summary>Answers' JSON beside the framework's writer, which is the oracle.</summary>
public class JsonTexts
{
    [Fact]
    public void Numbers_OfEverySize_AreWrittenAsTheFrameworkWritesThem()
    {
        var random = new Random(3);
        double[] odd = [0, -0.0, 1, -1, 1e9, -1e9, 999_999_999, 2_147_483_648, 1e15, 1e16, 1e17, 0.1, 1e-7, double.Epsilon, double.MaxValue, double.MinValue, 1 / 3.0, 250.5];
        IEnumerable<double> drawn = Enumerable.Range(0, 20_000).Select(i => (i % 4) switch
        {
            0 => random.Next(-10_000, 10_000) / 8.0,
            1 => random.Next(),
            2 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
            _ => random.NextDouble(),
        });
        foreach (double number in odd.Concat(drawn).Where(double.IsFinite))
        {
            Written((ref JsonText json) => json.Number([], number)).ShouldBe(Framework(json => json.WriteNumberValue(number)));
            if ((float)number is var single && float.IsFinite(single))
            {
                Written((ref JsonText json) => json.Number([], single)).ShouldBe(Framework(json => json.WriteNumberValue(single)));
            }
        }

        Should.Throw<ArgumentException>(() => Written((ref JsonText json) => json.Number([], double.NaN)));
        Should.Throw<ArgumentException>(() => Written((ref JsonText json) => json.Number([], float.PositiveInfinity)));
    }

    [Fact]
    public void Texts_OfEveryCharacter_AreWrittenAsTheFrameworkWritesThem()
    {
        var random = new Random(4);
        IEnumerable<string> single = Enumerable.Range(0, 0x10000).Select(one => $"a{(char)one}b");
        IEnumerable<string> drawn = Enumerable.Range(0, 2_000).Select(_ => new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => (char)random.Next(0x20, random.Next(2) == 0 ? 0x80 : 0xFFFF))]));
        foreach (string text in single.Concat(drawn).Append("").Append(new string('x', 100_000)).Append("\ud83d\ude00"))
        {
            Written((ref JsonText json) => json.Text([], text)).ShouldBe(Framework(json => json.WriteStringValue(text)));
        }
    }

    [Fact]
    public void Text_LongerThanTheRoom_IsWrittenWhole()
    {
        string written = Written((ref JsonText json) =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                json.Text(","u8, "0123456789");
                json.Number(":"u8, i + 0.5);
            }
        });
        written.ShouldBe(string.Concat(Enumerable.Range(0, 5_000).Select(i => $",\"0123456789\":{i}.5")));
    }

    private delegate void Writing(ref JsonText json);

    private static string Written(Writing writing)
    {
        var output = new ArrayBufferWriter<byte>();
        var json = new JsonText(output);
        writing(ref json);
        json.End();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Framework(Action<Utf8JsonWriter> writing)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            writing(json);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
