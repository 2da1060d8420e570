using System.Text.Json.Serialization;
using LeadPredict.Api.Requests;
using LeadPredict.Scoring.Leads;

namespace LeadPredict.Benchmarks.Http;

/// <summary>The shapes of a score's request and answer, as a team would have them generated for System.Text.Json.</summary>
[JsonSerializable(typeof(ScoreBody))]
[JsonSerializable(typeof(LeadScore))]
[JsonSerializable(typeof(float))]
[JsonSerializable(typeof(string))]
internal sealed partial class BareJson : JsonSerializerContext;
