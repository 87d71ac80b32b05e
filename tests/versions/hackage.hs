-- What Cabal says of each line "A\tB", or with the word "ranges" of each "RANGE\tVERSION".
import Distribution.Parsec (simpleParsec)
import Distribution.Types.Version (Version)
import Distribution.Types.VersionRange (VersionRange, withinRange)
import System.Environment (getArgs)

order :: Maybe Version -> Maybe Version -> String
order (Just a) (Just b) = case compare a b of { LT -> "<"; EQ -> "="; GT -> ">" }
order _ _ = "E"

within :: Maybe VersionRange -> Maybe Version -> String
within (Just range) (Just v) = if withinRange v range then "in" else "out"
within _ _ = "E"

main :: IO ()
main = do
    args <- getArgs
    let answer a b = if null args then order (simpleParsec a) (simpleParsec b) else within (simpleParsec a) (simpleParsec b)
    interact (unlines . map (\line -> let (a, b) = break (== '\t') line in answer a (drop 1 b)) . lines)
