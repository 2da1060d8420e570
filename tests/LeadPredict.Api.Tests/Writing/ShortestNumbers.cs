using System.Buffers.Text;
using System.Text;
using LeadPredict.Api.Answers;

namespace LeadPredict.Api.Tests.Writing;

public class ShortestNumbers
{
    [Fact]
    public void Doubles_OfAllSizes_AreWrittenAsTheFrameworkWritesThem()
    {
        var random = new Random(11);
        Span<byte> ours = stackalloc byte[ShortestNumber.Longest];
        Span<byte> theirs = stackalloc byte[40];
        int written = 0;
        for (int i = 0; i < 1_000_000; i++)
        {
            double number = Draw(i, random);
            if (!ShortestNumber.TryWrite(number, ours, out int length))
            {
                (Math.Abs(number) is >= 1e-9 and < 1e15 && !double.IsPow2(Math.Abs(number))).ShouldBeFalse();
                continue;
            }

            Utf8Formatter.TryFormat(number, theirs, out int expected).ShouldBeTrue();
            if (!ours[..length].SequenceEqual(theirs[..expected]))
            {
                Encoding.UTF8.GetString(ours[..length]).ShouldBe(Encoding.UTF8.GetString(theirs[..expected]));
            }

            written++;
        }

        written.ShouldBeGreaterThan(800_000);
    }

    [Fact]
    public void Singles_OfAllSizes_AreWrittenAsTheFrameworkWritesThem()
    {
        var random = new Random(12);
        Span<byte> ours = stackalloc byte[ShortestNumber.Longest];
        Span<byte> theirs = stackalloc byte[40];
        int written = 0;
        for (int i = 0; i < 1_000_000; i++)
        {
            float number = (float)Draw(i, random);
            if (!ShortestNumber.TryWrite(number, ours, out int length))
            {
                (Math.Abs(number) is >= 1e-4f and < 1e7f && !float.IsPow2(Math.Abs(number))).ShouldBeFalse();
                continue;
            }

            Utf8Formatter.TryFormat(number, theirs, out int expected).ShouldBeTrue();
            if (!ours[..length].SequenceEqual(theirs[..expected]))
            {
                Encoding.UTF8.GetString(ours[..length]).ShouldBe(Encoding.UTF8.GetString(theirs[..expected]));
            }

            written++;
        }

        written.ShouldBeGreaterThan(400_000);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(1e15)]
    [InlineData(9.999999999999e-10)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(0.25)]
    public void Doubles_BeyondThoseWritten_AreLeftToTheFramework(double number) =>
        ShortestNumber.TryWrite(number, new byte[ShortestNumber.Longest], out _).ShouldBeFalse();

    /// <summary>Any bits of a size that is written, powers of two and of ten and their neighbours, few decimals, whole numbers.</summary>
    private static double Draw(int i, Random random)
    {
        double sign = random.Next(2) == 0 ? 1 : -1;
        return sign * (i % 6) switch
        {
            0 => Math.Pow(10, (random.NextDouble() * 24) - 9),
            1 => random.NextDouble(),
            2 => Math.Round(random.NextDouble() * 100, random.Next(0, 15)) + 0.5,
            3 => Math.BitIncrement(Math.ScaleB(1, random.Next(-29, 49))) is var near && random.Next(3) is var turn && turn == 0 ? near
                : turn == 1 ? Math.BitDecrement(near) : Math.BitDecrement(Math.BitDecrement(near)),
            4 => random.NextInt64(1, 999_999_999_999_999),
            _ => Math.Pow(10, random.Next(-9, 15)) is var power && random.Next(2) == 0 ? power : Math.BitIncrement(power),
        };
    }
}
