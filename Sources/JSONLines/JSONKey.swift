/// Where a key or string lies between its quotation marks.
package struct JSONKey: Sendable {
    let range: Range<Int>
    let hasEscapes: Bool
}
