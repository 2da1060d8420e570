using System.Text.Json;
using LeadPredict.Api.Requests;

namespace LeadPredict.Api.Ingest.Sources;

/// <summary>Bodies that wrap their items: <c>{"results": [...]}</c>. A bare array, object or lines of objects do as well.</summary>
internal static class Envelope
{
    public static List<IngestItem> Read(IngestBody body, string[] members, Action<JsonField, IngestItem> read) => body.IsLines
        ? IngestItems.Read(body, read)
        : JsonBody.Read(body.Content, root =>
        {
            string? member = members.FirstOrDefault(name => root.TryMember(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array);
            return IngestItems.Each(
                member is not null ? new ForeignObject(root).Items(member)
                : root.Element.ValueKind == JsonValueKind.Array ? root.Items(RequestLimits.Items)
                : [root],
                read);
        });
}
