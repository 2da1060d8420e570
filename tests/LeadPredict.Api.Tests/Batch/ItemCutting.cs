using System.Text;
using LeadPredict.Api.Batch;
using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Tests.Batch;

public class ItemCutting
{
    [Theory]
    [InlineData("a\nbb\n\n  \r\nccc", "a|bb|ccc")]
    [InlineData("\n", "")]
    [InlineData("", "")]
    [InlineData(" {\"x\":1} \r\n", "{\"x\":1}")]
    public async Task Lines_HoweverTheyComeIn_AreCutAlike(string body, string expected) => await EachPaceAsync(body, () => new LineBoundary(), expected);

    [Theory]
    [InlineData("[]", "")]
    [InlineData(" [ ] ", "")]
    [InlineData("\uFEFF[1]", "1")]
    [InlineData("[1,{\"a\":[1,2]},\"],\\\"[\",[[]]]\n", "1|{\"a\":[1,2]}|\"],\\\"[\"|[[]]")]
    [InlineData("[ \"\\\\\" , \"}\" ]", "\"\\\\\"|\"}\"")]
    public async Task Elements_HoweverTheyComeIn_AreCutAlike(string body, string expected) => await EachPaceAsync(body, () => new ElementBoundary(), expected);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1")]
    [InlineData("[\"]")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1] 2")]
    [InlineData("[[1]")]
    public async Task Elements_ThatAreNoArray_AreRefused(string body)
    {
        for (int pace = 1; pace <= 4; pace++)
        {
            await Should.ThrowAsync<RequestFaultsException>(() => CutAsync(Encoding.UTF8.GetBytes(body), pace, new ElementBoundary()));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Item_LargerThanABody_IsCutShortWithoutBeingHeld(bool lines)
    {
        using var body = new Sequence(
            new MemoryStream(Encoding.UTF8.GetBytes(lines ? "a\n" : "[a,\"")),
            new Repeated((byte)'x', 24 * RequestLimits.BodyBytes),
            new MemoryStream(Encoding.UTF8.GetBytes(lines ? " \nb\nc" : "\" ,b,c]")));
        List<string> items = await CutAsync(body, lines ? new LineBoundary() : new ElementBoundary());

        items.Where((_, i) => i != 1).ShouldBe(["a", "b", "c"]);
        items[1].Length.ShouldBeInRange(RequestLimits.BodyBytes + 1, 4 * RequestLimits.BodyBytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public async Task Line_LargerThanABody_ThatIsTheLast_IsOneItem(string end)
    {
        using var body = new Sequence(new Repeated((byte)'x', 3 * RequestLimits.BodyBytes), new MemoryStream(Encoding.UTF8.GetBytes(end)));
        (await CutAsync(body, new LineBoundary())).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Element_LargerThanABody_WithoutAnEnd_IsRefused()
    {
        using var body = new Sequence(new Repeated((byte)'[', 3 * RequestLimits.BodyBytes));
        await Should.ThrowAsync<RequestFaultsException>(() => CutAsync(body, new ElementBoundary()));
    }

    private static async Task EachPaceAsync(string body, Func<IItemBoundary> boundary, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        for (int pace = 1; pace <= bytes.Length + 1; pace++)
        {
            string.Join('|', await CutAsync(bytes, pace, boundary())).ShouldBe(expected);
        }
    }

    private static Task<List<string>> CutAsync(byte[] body, int pace, IItemBoundary boundary) => CutAsync(new Paced(body, pace), boundary);

    private static async Task<List<string>> CutAsync(Stream body, IItemBoundary boundary)
    {
        using var cutter = new ItemCutter(body, boundary);
        var items = new List<string>();
        while (await cutter.NextAsync(CancellationToken.None) is { } chunk)
        {
            using (chunk)
            {
                chunk.First.ShouldBe(items.Count);
                items.AddRange(Enumerable.Range(0, chunk.Items.Count).Select(i => Encoding.UTF8.GetString(chunk[i].Span)));
            }
        }

        return items;
    }

    private abstract class Reading : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Paced(byte[] bytes, int pace) : Reading
    {
        private int _at;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int given = Math.Min(Math.Min(pace, count), bytes.Length - _at);
            bytes.AsSpan(_at, given).CopyTo(buffer.AsSpan(offset));
            _at += given;
            return given;
        }
    }

    private sealed class Repeated(byte value, long length) : Reading
    {
        private long _given;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int given = (int)Math.Min(count, length - _given);
            buffer.AsSpan(offset, given).Fill(value);
            _given += given;
            return given;
        }
    }

    /// <summary>One after the other.</summary>
    private sealed class Sequence(params Stream[] parts) : Reading
    {
        private int _part;

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (; _part < parts.Length; _part++)
            {
                if (parts[_part].Read(buffer, offset, count) is var read and > 0)
                {
                    return read;
                }
            }

            return 0;
        }
    }
}
