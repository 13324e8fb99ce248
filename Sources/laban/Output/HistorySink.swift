import Events
import Pipeline
final class HistorySink: EventSink { init(path: String) throws {}; func take(_ event: Event, line: [UInt8]) {}; func finish() {} }
final class PublisherSink: EventSink { init(address: String, waitsForSubscriber: Bool) throws {}; func take(_ event: Event, line: [UInt8]) {}; func finish() {} }
