"""What knows Keras and TensorFlow: looking on while they run, describing what they made, asking it."""
