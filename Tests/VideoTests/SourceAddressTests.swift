import Testing
import Video

struct SourceAddressTests {
    @Test(
        "what may be secret is hidden, what names the stream is not",
        arguments: [
            ("rtsp://cam.local/stream1", "rtsp://cam.local/stream1"),
            ("rtsp://admin:hunter2@10.0.0.5:554/h264/ch1", "rtsp://***@10.0.0.5:554/h264/ch1"),
            ("rtsp://admin@10.0.0.5/a", "rtsp://***@10.0.0.5/a"),
            ("rtsp://a%40b:p%40ss%2Fw@host/x", "rtsp://***@host/x"),
            ("rtsp://admin:p@ss@w/or?d#k@host/x", "rtsp://***@host/x"),
            ("rtsp://admin:hunter2%40host/x", "rtsp://***/x"),
            ("http://h/v?channel=1&password=hunter2&subtype=0", "http://h/v?channel=1&password=***&subtype=0"),
            ("http://h/v?usr=admin&pwd=hunter2#hunter2", "http://h/v?usr=***&pwd=***#***"),
            ("http://h/v?hunter2", "http://h/v?***"),
            ("http://h/v?p%61ss=hunter2", "http://h/v?***"),
            ("rtsp://h/user=admin_password=hunter2_channel=1_stream=0.sdp", "rtsp://h/user=***"),
            ("rtsp://h/user=admin&password=hunter2&channel=1", "rtsp://h/user=***&password=***&channel=1"),
            ("rtsp://h/admin:hunter2/1", "rtsp://h/***/1"),
            ("rtsps://h:7441/aBcD1234eFgH5678", "rtsps://h:7441/***"),
            ("rtsp://u:p@[fe80::1]:554/s", "rtsp://***@[fe80::1]:554/s"),
            ("rtsp://[::1]/s", "rtsp://[::1]/s"), ("/dev/video0", "/dev/video0"), ("a/b@c.mp4", "a/b@c.mp4"),
        ])
    func redaction(address: String, shown: String) {
        let source = SourceAddress(address)
        #expect(source.description == shown)
        #expect("\(source)" == shown)
        #expect(SourceAddress(shown).description == shown, "hiding twice hides no more")
        var dumped = ""
        dump([source], to: &dumped)
        for text in [String(reflecting: source), dumped, "\(Optional(source) as Any)"] {
            #expect(!text.contains("hunter2"), "\(text)")
        }
    }

    @Test("addresses inside a text are hidden, and the text round them is not")
    func text() {
        #expect(
            SourceAddress.redacting("cannot open 'rtsp://a:hunter2@h/x': refused, see http://h/y?token=hunter2.")
                == "cannot open 'rtsp://***@h/x': refused, see http://h/y?token=***.")
        #expect(SourceAddress.redacting("nothing here: a@b, 1://") == "nothing here: a@b, 1://")
        let error = VideoError("rtsp://a:hunter2@h/x", "no picture")
        #expect("\(error)" == "rtsp://***@h/x: no picture")
        #expect(!String(reflecting: error).contains("hunter2"))
    }

    @Test(
        "a camera is named by its host or device, never by its user",
        arguments: [
            ("rtsp://admin:hunter2@door.local:554/x", "door.local"), ("rtsp://a:p/w@door/x", "door"),
            ("rtsp://u:p@[fe80::1]:554/s", "fe80::1"), ("/dev/video12", "video12"),
            ("rtsp://admin:hunter2/x", "camera"),
        ])
    func names(address: String, name: String) {
        #expect(SourceAddress(address).name == name)
    }

    @Test("what plays by itself is told from files")
    func live() {
        for address in [
            "rtsp://h/x", "rtmp://h/x", "http://h/video.mjpg", "https://h/live.m3u8?x=a.mp4", "udp://h:1",
            "/dev/video0",
        ] {
            #expect(SourceAddress.isLive(address), "\(address)")
        }
        for address in ["http://h/a.mp4?x=1", "file:///a.mp4", "a.mp4", "/dev/video", "/dev/videos.mp4", "/dev/null"] {
            #expect(!SourceAddress.isLive(address), "\(address)")
        }
    }

    @Test(
        "a password is hidden although the address is mistyped",
        arguments: ["rtsp:/bob:s3cret@h/x", "bob:s3cret@h/x", "Error: videos/rtsp:/bob:s3cret@h/x: expected a file"])
    func mistyped(text: String) {
        let shown = SourceAddress.redacting(text)
        #expect(!shown.contains("s3cret") && shown.contains("@h/x"))
    }
}
