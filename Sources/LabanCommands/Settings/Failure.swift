package import ArgumentParser
import Files
import History
import Inference
import LabanServer
import MarkedYAML
import Messaging
import ModelStore
import PoseEstimation
import Recognition
import Recordings
import Retargeting
import Robots
import Training
import Video

/// What errors of the modules mean to the shell.
package enum Failure {
    /// 2 for bad usage or input, 1 for what failed on Laban's side; nil for errors that the parser explains.
    package static func exitCode(of error: any Error) -> ExitCode? {
        switch error {
        case let error as ModelStoreError: ExitCode(error.code == .badInput ? 2 : 1)
        case let error as OutputError: ExitCode(error.isUsage ? 2 : 1)
        case let error as VideoError: ExitCode(error.isDiskFull ? 1 : 2)
        case is FileError, is RecordingsError, is RecognitionError, is TrainingError,
            is MessagingError, is YAMLFileError, is InferenceError, is RobotsError,
            is RetargetingError:
            ExitCode(2)
        case let error as ControlFault: ExitCode([.badArgument, .notFound].contains(error.code) ? 2 : 1)
        case let error as HistoryError: ExitCode([.system, .damaged].contains(error.code) ? 1 : 2)
        case is PoseEstimationError: ExitCode(1)
        // Wrong command lines come from the parser, in an error of its own that shows how to write them. What a command
        // throws at work is about data.
        case is ValidationError: ExitCode(2)
        default: nil
        }
    }
}
